package io.sluice.gateway.intake;

import io.sluice.jobs.board.JobBoard;
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
 * Accepts requests. Once a request is accepted, Kafka has stored its event and its job durably. When accepting fails,
 * Kafka may have stored the event nevertheless, because an acknowledgment can be lost; sending the request again does
 * no harm.
 *
 * <p>Writes of one thread under one key keep their order, and do not wait for each other.
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
     * An accepted request.
     *
     * @param position of its event in Kafka
     * @param outcome completes when the job has ended; a caller that does not wait for it must cancel it
     */
    public record Accepted(Position position, CompletableFuture<Job> outcome) {}

    /**
     * Accepts one request.
     *
     * @param event null writes a tombstone
     * @param queued makes the first event of the job, from the position of the request's event
     * @return the request, once it is accepted; fails as {@link DurableWrites#write} does
     */
    public <E extends Event> CompletableFuture<Accepted> accept(
            Topic<E> topic, String key, @Nullable E event, String jobId, Function<Position, JobEvent> queued) {
        // Listen before writing: a fast pipeline may end the job before the write returns.
        var outcome = board.whenOver(jobId);
        return write(topic, key, event, jobId)
                .thenCompose(position ->
                        introduce(queued.apply(position)).thenApply(introduced -> new Accepted(position, outcome)))
                .whenComplete((accepted, thrown) -> {
                    if (thrown != null) {
                        outcome.cancel(false);
                    }
                });
    }

    private CompletableFuture<Void> introduce(JobEvent begin) {
        return writeJobEvent(begin).thenRun(() -> board.apply(begin));
    }

    /** Writes an event of a job, and returns its position in Kafka as {@link DurableWrites#write} does. */
    public CompletableFuture<Position> writeJobEvent(JobEvent step) {
        return events.write(Topics.JOB_EVENTS, step.jobId(), step, headers(step));
    }

    /**
     * Blocks until the future completes, and returns its result. When it failed, throws its {@link ProblemException},
     * or a {@link CompletionException} with any other cause.
     */
    public static <T> T await(CompletableFuture<T> accepted) {
        try {
            return accepted.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ProblemException problem ? problem : e;
        }
    }

    /** Writes the event of a request. An exception thrown before the write also fails the returned future. */
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
