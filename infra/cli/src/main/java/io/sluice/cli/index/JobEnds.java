package io.sluice.cli.index;

import io.sluice.cli.progress.Patience;
import io.sluice.cli.progress.ProgressLine;
import io.sluice.client.Answer;
import io.sluice.client.SluiceClient;
import io.sluice.schemas.job.JobStatus;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;

/** Looks on until jobs have ended, and names those that ended badly. */
final class JobEnds {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final int NOT_FOUND = 404;

    private final SluiceClient sluice;
    private final Patience patience;
    private final ProgressLine progress;
    private final PrintStream out;
    private long indexed;

    /**
     * A job to be looked at.
     *
     * @param name what a person calls its product
     */
    record Open(String name, String jobId) {}

    JobEnds(SluiceClient sluice, Patience patience, ProgressLine progress, PrintStream out) {
        this.sluice = sluice;
        this.patience = patience;
        this.progress = progress;
        this.out = out;
    }

    /** {@return how many products are searchable now, in this version or a newer one} The others are named. */
    long await(Collection<Open> accepted) {
        // jobs end about in the order they began in, so one look at the oldest is enough
        var open = new ArrayDeque<>(accepted);
        while (!open.isEmpty()) {
            var oldest = open.element();
            var job = patience.until(() -> job(oldest.jobId()));
            if (hasEnded(job)) {
                note(oldest.name(), job);
                open.remove();
            } else {
                progress.show("jobs ended", accepted.size() - open.size(), 0, accepted.size());
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
        progress.clear();
        return indexed;
    }

    private Answer job(String id) throws IOException {
        var answer = sluice.job(id);
        if (!answer.isSuccess() && answer.status() != NOT_FOUND) {
            throw new IOException(answer.problem());
        }
        return answer;
    }

    private static boolean hasEnded(Answer job) {
        return !job.isSuccess() || JobStatus.ofWireName(job.text("status")).isTerminal();
    }

    private void note(String name, Answer job) {
        var status = job.isSuccess() ? JobStatus.ofWireName(job.text("status")) : JobStatus.FAILED;
        switch (status) {
            case SUCCEEDED, SUPERSEDED -> indexed++;
            case QUEUED, PROCESSING, RETRYING, FAILED, DEAD, CANCELED -> {
                progress.clear();
                var error = job.body().path("error");
                var reason = job.isSuccess()
                        ? error.path("code").asText() + ": "
                                + error.path("message").asText()
                        : "its job is not known any more";
                out.printf("✗ %s: %s%n", name, reason);
            }
        }
    }
}
