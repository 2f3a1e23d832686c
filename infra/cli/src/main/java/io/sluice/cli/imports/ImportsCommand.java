package io.sluice.cli.imports;

import io.sluice.cli.Shell;
import io.sluice.cli.progress.ProgressLine;
import io.sluice.schemas.job.JobStatus;
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

/** Tells where imports stand. */
@Command(name = "imports", description = "List imports; show, follow or cancel one.", mixinStandardHelpOptions = true)
public final class ImportsCommand implements Callable<Integer> {
    private final Shell shell;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "the import's id; without it the latest are listed")
    private @Nullable String id;

    @ArgGroup
    private @Nullable What what;

    @Option(names = "--errors", paramLabel = "FILE", description = "write its rejected rows to this file, to be mended")
    private @Nullable Path errors;

    @Option(names = "--limit", paramLabel = "N", description = "how many are listed; ${DEFAULT-VALUE} by default")
    private int limit = 20;

    /** Of these one at most. */
    private static final class What {
        @Option(
                names = "--watch",
                description = "look on until it ends; exit code 1 when it failed, 3 when rows were rejected")
        private boolean watch;

        @Option(names = "--cancel", description = "end it; rows that are written stay")
        private boolean cancel;
    }

    public ImportsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (id == null && (what != null || errors != null)) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "Give the ID of an import");
        }
        var progress = new ProgressLine(shell.err());
        try (var calls = new ImportCalls(shell, progress::say)) {
            return id == null ? list(calls) : show(id, calls, new FileImport(shell, calls, progress));
        }
    }

    private int list(ImportCalls calls) {
        var imports = calls.list(limit).body().path("imports");
        if (imports.isEmpty()) {
            shell.out().println("There are no imports.");
        }
        for (var each : imports) {
            var state = ImportState.of(each);
            shell.out()
                    .printf(
                            "%s  %-10s  %-14s  %,9d rows  %s  %s%n",
                            state.id(),
                            state.status().wireName(),
                            state.text("kind"),
                            state.rowsDone(),
                            state.createdAt(),
                            state.text("file_name"));
        }
        return 0;
    }

    private int show(String importId, ImportCalls calls, FileImport run) {
        var watches = what != null && what.watch;
        var cancels = what != null && what.cancel;
        var state = watches ? watch(importId, run) : cancels ? calls.cancel(importId) : calls.status(importId);
        shell.out().println(state.summary());
        shell.out().printf("%s, %,d rows: %s%n", state.text("file_name"), state.rows("total"), state.counts());
        run.tellNotes(state);
        if (errors != null) {
            run.tellRejected(state, new ErrorsFile(errors, errors));
        }
        if (cancels) {
            return state.status() == JobStatus.CANCELED ? 0 : 1;
        }
        return watches ? state.exitCode() : 0;
    }

    private static ImportState watch(String importId, FileImport run) {
        return run.follow(importId, System.nanoTime() + Duration.ofDays(1).toNanos());
    }
}
