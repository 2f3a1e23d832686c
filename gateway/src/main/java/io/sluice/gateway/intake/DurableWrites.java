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

/** Writes events and tells when Kafka has them, for as long as a caller can be kept. */
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
     * Writes one event; null writes a tombstone. Writes of one thread to one key keep their order. While Kafka is away or
     * behind this blocks, at most for the deadline.
     *
     * @return where it is, once every in-sync replica has it; fails with a {@link ProblemException} when Kafka did not say
     *     so in time, and it may have the event all the same, and with Kafka's {@link RecordTooLargeException} when it
     *     never will. What follows runs on a thread that may block, which Kafka's own may not.
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
                    // A gateway that stops gives out no thread to go on with; that is no defect.
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
