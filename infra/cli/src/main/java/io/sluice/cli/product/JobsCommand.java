package io.sluice.cli.product;

import io.sluice.cli.Shell;
import io.sluice.cli.gateway.GatewayCalls;
import io.sluice.client.jobs.JobState;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells where a job stands. */
@Command(name = "jobs", description = "Show a job: its stages and where it stands.", mixinStandardHelpOptions = true)
public final class JobsCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(paramLabel = "ID", description = "the job's id")
    private String id = "";

    @Option(names = "--watch", description = "show its stages as they come, until it ends; exit code 1 when it failed")
    private boolean watch;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "with --watch: how long at most; exit code 1 when it has not ended by then")
    private @Nullable Integer timeout;

    private int shown;

    public JobsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (var gateway = new GatewayCalls(shell)) {
            var job = new JobWatch(gateway, id);
            if (watch) {
                var ended = timeout == null
                        ? job.awaitEnd(this::showNewStages)
                        : job.awaitEnd(Duration.ofSeconds(timeout), this::showNewStages);
                shell.out().println(JobWatch.summary(ended));
                return JobWatch.exitCode(ended);
            }
            var state = job.look();
            showNewStages(state);
            shell.out().println(JobWatch.summary(state));
            return 0;
        }
    }

    private void showNewStages(JobState job) {
        job.stages().stream()
                .skip(shown)
                .forEach(stage -> shell.out().printf("%s  %s  (%d ms)%n", stage.at(), stage.name(), stage.tookMs()));
        shown = Math.max(shown, job.stages().size());
    }
}
