package io.sluice.cli.product;

import io.sluice.cli.CommandFailedException;
import io.sluice.client.Answer;
import io.sluice.client.SluiceClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The gateway, for a verb: whatever is not a success ends the verb with one line. */
final class Gateway implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    private final URI address;
    private final SluiceClient client;

    Gateway(URI address) {
        this.address = address;
        this.client = new SluiceClient(address);
    }

    /** One call. */
    interface Call {
        Answer on(SluiceClient client) throws IOException;
    }

    Answer ask(Call call) {
        try {
            var answer = call.on(client);
            if (!answer.isSuccess()) {
                throw new CommandFailedException(answer.problem());
            }
            return answer;
        } catch (IOException e) {
            throw new CommandFailedException(
                    "the gateway at %s cannot be reached (%s): is it up, and is SLUICE_URL right?"
                            .formatted(address, e.getMessage() == null ? e : e.getMessage()));
        }
    }

    /** Looks at a job again and again, until it ends. */
    Job awaitEnd(String jobId, JobWatcher watcher) {
        return awaitEnd(jobId, FOR_EVER, watcher);
    }

    /** As {@link #awaitEnd(String, JobWatcher)}, for so long. */
    Job awaitEnd(String jobId, Duration limit, JobWatcher watcher) {
        var begun = System.nanoTime();
        var job = Job.of(ask(client -> client.job(jobId)));
        watcher.saw(job);
        while (!job.hasEnded()) {
            if (System.nanoTime() - begun >= limit.toNanos()) {
                throw new CommandFailedException(
                        "not over within %d s: %s".formatted(limit.toSeconds(), job.summary()));
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            job = Job.of(ask(client -> client.job(jobId)));
            watcher.saw(job);
        }
        return job;
    }

    /** Sees every state of a job. */
    interface JobWatcher {
        void saw(Job job);
    }

    @Override
    public void close() {
        client.close();
    }
}
