package io.sluice.cli.imports;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.PatientCalls;
import io.sluice.cli.progress.ProgressLine;
import io.sluice.client.SluiceClient;
import io.sluice.client.http.Answer;
import io.sluice.client.http.Answer.Refused;
import io.sluice.client.imports.ImportState;
import io.sluice.schemas.job.JobStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists imports, and shows, follows or cancels one. */
@Command(name = "imports", description = "List imports; show, follow or cancel one.", mixinStandardHelpOptions = true)
public final class ImportsCommand implements Callable<ExitCode> {
    private static final int CONFLICT = 409;

    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "the import's id; without it the latest are listed")
    private @Nullable String id;

    @ArgGroup
    private @Nullable What what;

    @Option(
            names = "--errors",
            paramLabel = "FILE",
            description = "write its rejected rows to this file, .csv or .xlsx, to be corrected")
    private @Nullable Path errors;

    @Option(names = "--limit", paramLabel = "N", description = "how many are listed; ${DEFAULT-VALUE} by default")
    private int limit = 20;

    /** Options that exclude each other. */
    private static final class What {
        @Option(
                names = "--watch",
                description = "wait until it ends; exit code 1 when it failed, 3 when rows were rejected")
        private boolean watch;

        @Option(names = "--cancel", description = "cancel it; rows that were written stay")
        private boolean cancel;
    }

    public ImportsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        if (id == null && (what != null || errors != null)) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "Give the ID of an import");
        }
        var progress = new ProgressLine(context.err());
        try (var gateway = new PatientCalls(context, ImportCommand.PATIENCE, progress::say)) {
            return id == null ? list(gateway) : show(id, gateway, new ImportFollower(context, gateway, progress));
        }
    }

    private ExitCode list(PatientCalls gateway) {
        var imports = gateway.ask(client -> client.imports().latest(limit));
        if (imports.isEmpty()) {
            context.out().println("There are no imports.");
        }
        for (var state : imports) {
            context.printLine("%s  %-10s  %-14s  %,9d rows  %s  %s"
                    .formatted(
                            state.id(),
                            state.status().wireName(),
                            state.kind(),
                            state.rowsDone(),
                            ImportText.createdAt(state),
                            state.fileName() + (state.isDryRun() ? " (dry run)" : "")));
        }
        return ExitCode.SUCCESS;
    }

    private ExitCode show(String importId, PatientCalls gateway, ImportFollower run) {
        var watches = what != null && what.watch;
        var cancels = what != null && what.cancel;
        var state = watches ? watch(importId, run) : cancels ? cancel(importId, gateway) : run.look(importId);
        context.printLine(ImportText.summary(state));
        context.printLine("%s, %,d rows: %s".formatted(state.fileName(), state.rowsTotal(), ImportText.counts(state)));
        run.printNotes(state);
        if (errors != null) {
            run.printRejected(state, new ErrorsFile(errors));
        }
        if (cancels) {
            if (state.status() != JobStatus.CANCELED) {
                context.err().println("sluice: this import had ended already, so it was not canceled");
                return ExitCode.FAILED;
            }
            return ExitCode.SUCCESS;
        }
        return watches ? ImportFollower.exitCode(state) : ExitCode.SUCCESS;
    }

    private static ImportState cancel(String importId, PatientCalls gateway) {
        return gateway.ask(client -> orAsItIs(client, importId, client.imports().cancel(importId)));
    }

    /** An import that has ended cannot be canceled. It is shown instead. */
    private static Answer<ImportState> orAsItIs(SluiceClient client, String importId, Answer<ImportState> answer)
            throws IOException {
        return answer instanceof Refused<ImportState> refused && refused.status() == CONFLICT
                ? client.imports().find(importId)
                : answer;
    }

    private static ImportState watch(String importId, ImportFollower run) {
        return run.follow(importId, System.nanoTime() + Duration.ofDays(1).toNanos());
    }
}
