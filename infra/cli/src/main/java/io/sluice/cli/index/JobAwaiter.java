package io.sluice.cli.index;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.gateway.PatientCalls;
import io.sluice.cli.progress.ProgressLine;
import io.sluice.client.SluiceClient;
import io.sluice.client.http.Answer;
import io.sluice.client.http.Answer.Refused;
import io.sluice.client.http.Answer.Success;
import io.sluice.client.http.TryAgainException;
import io.sluice.client.jobs.JobState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;

/** Waits until jobs have ended, and lists those that did not succeed. */
final class JobAwaiter {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final int NOT_FOUND = 404;

    private final CommandContext context;
    private final PatientCalls gateway;
    private final ProgressLine progress;
    private long indexed;

    /**
     * A job to wait for.
     *
     * @param name the product's name for a person
     */
    record Open(String name, String jobId) {}

    JobAwaiter(CommandContext context, PatientCalls gateway, ProgressLine progress) {
        this.context = context;
        this.gateway = gateway;
        this.progress = progress;
    }

    /** Waits for jobs. Returns how many products are searchable, in this version or a newer one; lists the others. */
    long await(Collection<Open> accepted) {
        // jobs end about in the order they began in, so polling the oldest is enough
        var open = new ArrayDeque<>(accepted);
        while (!open.isEmpty()) {
            var oldest = open.element();
            var job = gateway.until(client -> job(client, oldest.jobId()));
            if (hasEnded(job)) {
                count(oldest.name(), job);
                open.remove();
            } else {
                progress.show("jobs ended", accepted.size() - open.size(), 0, accepted.size());
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
        progress.clear();
        return indexed;
    }

    private Answer<JobState> job(SluiceClient client, String id) throws IOException {
        var answer = client.jobs().find(id);
        if (answer instanceof Refused<JobState> refused && PatientCalls.isOfCaller(refused)) {
            throw gateway.failed(refused);
        }
        if (answer instanceof Refused<JobState> refused && refused.status() != NOT_FOUND) {
            throw new TryAgainException(refused);
        }
        return answer;
    }

    private static boolean hasEnded(Answer<JobState> answer) {
        return switch (answer) {
            case Success<JobState>(var _, var job) -> job.hasEnded();
            case Refused<JobState> _ -> true;
        };
    }

    private void count(String name, Answer<JobState> answer) {
        switch (answer) {
            case Success<JobState>(var _, var job) -> {
                switch (job.status()) {
                    case SUCCEEDED, SUPERSEDED -> indexed++;
                    case QUEUED, PROCESSING, RETRYING, FAILED, DEAD, CANCELED -> list(name, job.error());
                }
            }
            case Refused<JobState> _ -> list(name, "its job is no longer known");
        }
    }

    private void list(String name, String reason) {
        progress.clear();
        context.printLine("✗ %s: %s".formatted(name, reason));
    }
}
