package io.sluice.gateway.admin.letters.record;

import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.web.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads single records by their offsets. Offsets that grow are read ahead, so that a long run of letters is read about
 * once. Used by one thread at a time.
 */
public final class RecordReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int NEAR = 2_000;

    private final Consumer<byte[], byte[]> consumer;
    private final Deque<ConsumerRecord<byte[], byte[]>> ahead = new ArrayDeque<>();
    private @Nullable TopicPartition current;

    /** Takes over the consumer, which resets no offset by itself. */
    RecordReader(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /**
     * {@return the record; empty when the topic does not have it any more}
     *
     * @throws ProblemException {@code KAFKA_UNAVAILABLE} when Kafka does not answer in time
     */
    public Optional<ConsumerRecord<byte[], byte[]>> find(TopicPartition partition, long offset) {
        try {
            return isKnown(partition) ? read(partition, offset) : Optional.empty();
        } catch (OffsetOutOfRangeException e) {
            reset();
            return Optional.empty();
        } catch (KafkaException e) {
            reset();
            throw unavailable(e);
        }
    }

    private boolean isKnown(TopicPartition partition) {
        return partition.equals(current)
                || consumer.partitionsFor(partition.topic(), PATIENCE).size() > partition.partition();
    }

    private Optional<ConsumerRecord<byte[], byte[]>> read(TopicPartition partition, long offset) {
        goTo(partition, offset);
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            while (!ahead.isEmpty() && ahead.getFirst().offset() < offset) {
                ahead.removeFirst();
            }
            if (!ahead.isEmpty()) {
                return Optional.of(ahead.getFirst()).filter(found -> found.offset() == offset);
            }
            if (consumer.position(partition, PATIENCE) > offset) {
                return Optional.empty();
            }
            if (System.nanoTime() > deadline) {
                throw unavailable(null);
            }
            consumer.poll(POLL).forEach(ahead::addLast);
        }
    }

    private void goTo(TopicPartition partition, long offset) {
        var isNear = partition.equals(current)
                && (ahead.isEmpty() || ahead.getFirst().offset() <= offset)
                && consumer.position(partition, PATIENCE) - ahead.size() <= offset
                && offset < consumer.position(partition, PATIENCE) + NEAR;
        if (!isNear) {
            reset();
            consumer.assign(List.of(partition));
            consumer.seek(partition, offset);
            current = partition;
            if (offset >= consumer.endOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L)) {
                throw new OffsetOutOfRangeException(Map.of(partition, offset));
            }
        }
    }

    private void reset() {
        ahead.clear();
        current = null;
    }

    private static ProblemException unavailable(@Nullable KafkaException cause) {
        var detail = "Kafka did not return the record of the letter; try again in a moment.";
        return cause == null
                ? new ProblemException(GatewayProblem.KAFKA_UNAVAILABLE, detail)
                : new ProblemException(GatewayProblem.KAFKA_UNAVAILABLE, detail, cause);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
