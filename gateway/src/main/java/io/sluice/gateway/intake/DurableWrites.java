package io.sluice.gateway.intake;

import io.micronaut.scheduling.TaskExecutors;
import io.sluice.gateway.config.GatewayConfig;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.runtime.EventPublisher;
import io.sluice.runtime.EventPublisher.Position;
import io.sluice.schemas.Topic;
import io.sluice.schemas.event.Event;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** Writes events to Kafka, and reports when Kafka has stored them, within the time that a caller can wait. */
@Singleton
public final class DurableWrites {
    private final EventPublisher publisher;
    private final Duration deadline;
    private final Executor threads;

    public DurableWrites(
            EventPublisher publisher, GatewayConfig config, @Named(TaskExecutors.BLOCKING) Executor threads) {
        this.publisher = publisher;
        this.deadline = config.acceptTimeout();
        this.threads = threads;
    }

    /**
     * Writes one event; null writes a tombstone. Writes of one thread to one key keep their order. While Kafka is
     * unavailable or slow, this blocks, at most for the deadline.
     *
     * @return the position of the event, once every in-sync replica has stored it. Fails with a
     *     {@link ProblemException} when Kafka did not confirm in time; Kafka may have stored the event nevertheless.
     *     Fails with Kafka's {@link RecordTooLargeException} when the event is too large. Dependent stages run on a
     *     thread that may block; Kafka's own thread must not.
     */
    public <E extends Event> CompletableFuture<Position> write(
            Topic<E> topic, String key, @Nullable E event, Map<String, String> headers) {
        return publisher
                .publish(topic, key, event, headers)
                .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .handleAsync(
                        (position, thrown) -> {
                            if (thrown != null) {
                                throw thrown instanceof RecordTooLargeException tooLarge
                                        ? tooLarge
                                        : unavailable(thrown);
                            }
                            return position;
                        },
                        threads)
                .exceptionally(thrown -> {
                    // A stopping gateway has no thread for the dependent stages; that is not a defect.
                    throw cause(thrown) instanceof RejectedExecutionException
                            ? unavailable(thrown)
                            : new CompletionException(cause(thrown));
                });
    }

    private static Throwable cause(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    private static ProblemException unavailable(Throwable cause) {
        return new ProblemException(
                GatewayProblem.KAFKA_UNAVAILABLE, "The change was not accepted; send it again in a moment.", cause);
    }
}
