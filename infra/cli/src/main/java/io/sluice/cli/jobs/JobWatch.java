package io.sluice.cli.jobs;

import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.gateway.GatewayCalls;
import io.sluice.client.jobs.JobState;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Polls a job until it ends. */
public final class JobWatch {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    private final GatewayCalls gateway;
    private final String jobId;

    public JobWatch(GatewayCalls gateway, String jobId) {
        this.gateway = gateway;
        this.jobId = jobId;
    }

    /** Returns the job in its present state. */
    JobState look() {
        return gateway.ask(client -> client.jobs().find(jobId));
    }

    /**
     * Waits until the job has ended, and returns it in its final state.
     *
     * @param watcher gets the job after every poll
     */
    public JobState awaitEnd(Consumer<JobState> watcher) {
        return awaitEnd(FOR_EVER, watcher);
    }

    /** Waits like {@link #awaitEnd(Consumer)}. The verb fails when the job takes longer than the limit. */
    JobState awaitEnd(Duration limit, Consumer<JobState> watcher) {
        var begun = System.nanoTime();
        var job = look();
        watcher.accept(job);
        while (!job.hasEnded()) {
            if (System.nanoTime() - begun >= limit.toNanos()) {
                throw new CommandFailedException(
                        "still running after %d s: %s".formatted(limit.toSeconds(), summary(job)));
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            job = look();
            watcher.accept(job);
        }
        return job;
    }

    /** {@return one line with the status of the job and its error} */
    public static String summary(JobState job) {
        var why = job.error().isEmpty() ? "" : ": " + job.error();
        return "job %s %s%s".formatted(job.id(), job.status().wireName(), why);
    }
}
