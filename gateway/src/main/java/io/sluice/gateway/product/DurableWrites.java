package io.sluice.gateway.product;

import io.sluice.gateway.GatewayConfig;
import io.sluice.gateway.problem.FieldError;
import io.sluice.gateway.problem.Problem;
import io.sluice.gateway.problem.ProblemCode;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.runtime.EventPublisher;
import io.sluice.runtime.EventPublisher.Position;
import io.sluice.schemas.Event;
import io.sluice.schemas.Topic;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** Writes events and waits until Kafka has them, for as long as a caller can be kept. */
@Singleton
final class DurableWrites {
    private final EventPublisher publisher;
    private final Duration deadline;

    DurableWrites(EventPublisher publisher, GatewayConfig config) {
        this.publisher = publisher;
        this.deadline = config.acceptTimeout();
    }

    /**
     * Writes one event; null writes a tombstone.
     *
     * @return where it is, on every in-sync replica
     * @throws ProblemException when Kafka did not say so in time; it may have the event all the same
     */
    <E extends Event> Position write(Topic<E> topic, String key, @Nullable E event, Map<String, String> headers) {
        try {
            return publisher.publish(topic, key, event, headers).get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RecordTooLargeException ? tooLarge() : unavailable(e);
        } catch (TimeoutException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    private static ProblemException unavailable(Exception cause) {
        return new ProblemException(
                ProblemCode.KAFKA_UNAVAILABLE, "The change was not accepted; send it again in a moment.", cause);
    }

    private static ProblemException tooLarge() {
        return new ProblemException(Problem.ofFields(
                List.of(new FieldError(MetadataField.NAME, "makes the product larger than a Kafka record may be"))));
    }
}
