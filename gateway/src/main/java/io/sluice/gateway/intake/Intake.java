package io.sluice.gateway.intake;

import io.sluice.jobs.board.JobBoard;
import io.sluice.jobs.fold.JobFold;
import io.sluice.runtime.EventPublisher.Position;
import io.sluice.schemas.Topic;
import io.sluice.schemas.Topics;
import io.sluice.schemas.event.Event;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.wire.Headers;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes a request in: once it is accepted, its event and its job are in Kafka, and nothing can lose them. When that fails,
 * the event may be in Kafka all the same, because an ack can be lost; sending it again does no harm.
 *
 * <p>What one thread writes under one key keeps its order, and need not wait for each other.
 */
@Singleton
public final class Intake {
    private final DurableWrites events;
    private final JobBoard board;

    public Intake(DurableWrites events, JobBoard board) {
        this.events = events;
        this.board = board;
    }

    /**
     * A request that is accepted.
     *
     * @param outcome completes when its job is over; whoever does not wait for it cancels it
     */
    public record Accepted(CompletableFuture<Job> outcome) {}

    /**
     * Takes one request in.
     *
     * @param event null writes a tombstone
     * @param queued what its job begins with, when the event is where it says
     * @return the request, once it is accepted; fails as {@link DurableWrites#write} does
     */
    public <E extends Event> CompletableFuture<Accepted> accept(
            Topic<E> topic, String key, @Nullable E event, String jobId, Function<Position, JobEvent> queued) {
        // The waiter first: a quick pipeline must not be done before anybody listens.
        var outcome = board.whenOver(jobId);
        return write(topic, key, event, jobId)
                .thenApply(queued)
                .thenCompose(begin -> tell(begin).thenRun(() -> board.add(JobFold.begin(begin))))
                .thenApply(introduced -> new Accepted(outcome))
                .whenComplete((accepted, thrown) -> {
                    if (thrown != null) {
                        outcome.cancel(false);
                    }
                });
    }

    /** {@return the write of a step of a job} */
    public CompletableFuture<Position> tell(JobEvent step) {
        return events.write(Topics.JOB_EVENTS, step.jobId(), step, headers(step));
    }

    /** {@return what it gives, once it does} Blocks, and throws what it failed with. */
    public static <T> T await(CompletableFuture<T> accepted) {
        try {
            return accepted.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ProblemException problem ? problem : e;
        }
    }

    /** {@return the write of the event} What is thrown before anything is written fails it too. */
    private <E extends Event> CompletableFuture<Position> write(
            Topic<E> topic, String key, @Nullable E event, String jobId) {
        try {
            return events.write(topic, key, event, Map.of(Headers.JOB_ID, jobId));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Map<String, String> headers(JobEvent step) {
        var headers = new HashMap<>(Map.of(Headers.JOB_ID, step.jobId()));
        if (step.version() != null) {
            headers.put(Headers.ENTITY_VERSION, String.valueOf(step.version()));
        }
        return headers;
    }
}
