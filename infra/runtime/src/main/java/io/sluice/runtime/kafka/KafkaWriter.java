package io.sluice.runtime.kafka;

import io.sluice.runtime.EventPublisher.Position;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Writes records to Kafka. Safe for use by many threads. */
public final class KafkaWriter implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Producer<byte[], byte[]> producer;

    /** Takes over the producer and closes it. */
    public KafkaWriter(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Writes one record.
     *
     * @return the record's position, once every in-sync replica has it; a future that fails with Kafka's exception. The
     *     method itself never throws it.
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

    /** Writes the records that are still in its buffers, within a deadline. */
    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
