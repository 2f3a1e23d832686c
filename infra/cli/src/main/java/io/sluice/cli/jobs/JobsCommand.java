package io.sluice.cli.jobs;

import static java.util.stream.Collectors.joining;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.command.WholeSecond;
import io.sluice.cli.gateway.GatewayCalls;
import io.sluice.client.jobs.JobState;
import java.time.Duration;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists jobs, shows one, or stops one. */
@Command(
        name = "jobs",
        description = {
            "List the latest jobs.",
            "With an ID, show that job: its stages and its status; or stop it.",
        },
        mixinStandardHelpOptions = true)
public final class JobsCommand implements Callable<ExitCode> {
    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "the job's id; without it the latest are listed")
    private @Nullable String id;

    @Option(names = "--kind", paramLabel = "KIND", description = "list only jobs of this kind, such as import")
    private String kind = "";

    @Option(names = "--status", paramLabel = "STATUS", description = "list only jobs with this status, such as dead")
    private String status = "";

    @Option(names = "--limit", paramLabel = "N", description = "how many are listed; ${DEFAULT-VALUE} by default")
    private int limit = 20;

    @Option(names = "--watch", description = "show new stages until it ends; exit code 1 when it failed")
    private boolean watch;

    @Option(names = "--cancel", description = "stop it; what it has done stays")
    private boolean cancel;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "with --watch: how long to wait; exit code 1 when it has not ended by then")
    private @Nullable Integer timeout;

    private int shown;

    /** Makes the verb. */
    public JobsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        if (id == null && (watch || cancel)) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "Give the ID of a job");
        }
        try (var gateway = new GatewayCalls(context)) {
            if (id == null) {
                return list(gateway);
            }
            if (cancel) {
                return stop(gateway, id);
            }
            var job = new JobWatch(gateway, id);
            if (watch) {
                var ended = timeout == null
                        ? job.awaitEnd(this::showNewStages)
                        : job.awaitEnd(Duration.ofSeconds(timeout), this::showNewStages);
                printEnd(ended);
                return ExitCode.of(ended.status());
            }
            var state = job.look();
            showNewStages(state);
            printEnd(state);
            return ExitCode.SUCCESS;
        }
    }

    private ExitCode list(GatewayCalls gateway) {
        var page = gateway.ask(client -> client.jobs().list(kind, status, "", limit));
        if (page.jobs().isEmpty()) {
            context.printLine("There are no such jobs.");
        }
        for (var job : page.jobs()) {
            context.printLine("%s  %-10s  %-12s  %s%s%s%s"
                    .formatted(
                            job.id(),
                            job.status().wireName(),
                            job.kind(),
                            WholeSecond.of(job.createdAt()),
                            job.subject().isEmpty() ? "" : "  " + job.subject(),
                            job.nextAttemptAt().isEmpty() ? "" : "  next attempt at " + job.nextAttemptAt(),
                            job.error().isEmpty() ? "" : "  " + job.error()));
        }
        return ExitCode.SUCCESS;
    }

    private void printEnd(JobState job) {
        if (!job.counts().isEmpty()) {
            context.printLine(new TreeMap<>(job.counts())
                    .entrySet().stream()
                            .map(count -> "%s %,d".formatted(count.getKey(), count.getValue()))
                            .collect(joining(", ")));
        }
        context.printLine(JobWatch.summary(job));
    }

    private ExitCode stop(GatewayCalls gateway, String id) {
        context.printLine(JobWatch.summary(gateway.ask(client -> client.jobs().cancel(id))));
        return ExitCode.SUCCESS;
    }

    private void showNewStages(JobState job) {
        job.stages().stream()
                .skip(shown)
                .forEach(stage ->
                        context.printLine("%s  %s  (%d ms)".formatted(stage.at(), stage.name(), stage.tookMs())));
        shown = Math.max(shown, job.stages().size());
    }
}
