package io.sluice.cli.jobs;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.GatewayCalls;
import io.sluice.client.jobs.JobState;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows or stops a job. */
@Command(
        name = "jobs",
        description = "Show a job: its stages and its status; or stop it.",
        mixinStandardHelpOptions = true)
public final class JobsCommand implements Callable<ExitCode> {
    private final CommandContext context;

    @Parameters(paramLabel = "ID", description = "the job's id")
    private String id = "";

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

    public JobsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        try (var gateway = new GatewayCalls(context)) {
            if (cancel) {
                context.printLine(
                        JobWatch.summary(gateway.ask(client -> client.jobs().cancel(id))));
                return ExitCode.SUCCESS;
            }
            var job = new JobWatch(gateway, id);
            if (watch) {
                var ended = timeout == null
                        ? job.awaitEnd(this::showNewStages)
                        : job.awaitEnd(Duration.ofSeconds(timeout), this::showNewStages);
                context.printLine(JobWatch.summary(ended));
                return ExitCode.of(ended.status());
            }
            var state = job.look();
            showNewStages(state);
            context.printLine(JobWatch.summary(state));
            return ExitCode.SUCCESS;
        }
    }

    private void showNewStages(JobState job) {
        job.stages().stream()
                .skip(shown)
                .forEach(stage ->
                        context.printLine("%s  %s  (%d ms)".formatted(stage.at(), stage.name(), stage.tookMs())));
        shown = Math.max(shown, job.stages().size());
    }
}
