package io.sluice.runtime;

import io.sluice.schemas.Topic;
import io.sluice.schemas.event.Event;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Writes events to topics. Values are JSON in the form that the catalogue of topics declares. Topic names get the
 * deployment's prefix.
 */
public interface EventPublisher {
    /**
     * Writes one event.
     *
     * @param event null writes a tombstone
     * @param headers names and values, see {@link io.sluice.schemas.wire.Headers}
     * @return the record's position, once every in-sync replica has it; fails with Kafka's exception when the replicas
     *     do not have it within the producer's delivery timeout
     */
    <E extends Event> CompletableFuture<Position> publish(
            Topic<E> topic, String key, @Nullable E event, Map<String, String> headers);

    /** Where a record is on its topic. */
    record Position(int partition, long offset) {}
}
