package io.sluice.runtime.kafka;

import io.sluice.runtime.EventPublisher.Position;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** What a service writes to Kafka with. Safe for use by many threads. */
public final class KafkaWriter implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Producer<byte[], byte[]> producer;

    /** Writes with this producer, which it owns from now on. */
    public KafkaWriter(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Writes one record.
     *
     * @return where it is, once every in-sync replica has it; fails with Kafka's exception, never throws it
     */
    public CompletableFuture<Position> write(ProducerRecord<byte[], byte[]> message) {
        var written = new CompletableFuture<Position>();
        try {
            var unused = producer.send(message, (metadata, thrown) -> {
                if (thrown == null) {
                    written.complete(new Position(metadata.partition(), metadata.offset()));
                } else {
                    written.completeExceptionally(thrown);
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            written.completeExceptionally(e);
        }
        return written;
    }

    /** Writes what is still in its buffers, within a deadline. */
    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
