package io.sluice.runtime.engine;

import io.sluice.schemas.wire.Headers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Holds back the records of retry topics that are not due. Such a record is not kept in memory: the consumer goes back
 * to it, and its partition is not read until then. The records behind it wait too, because in one retry topic all wait
 * about as long. Used by one thread only.
 */
final class DelayGate {
    /** No pipeline lets a record wait longer. A time that is further away is a mistake, and the record is due. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Consumer<byte[], byte[]> consumer;
    private final String source;
    private final Clock clock;
    private final Map<TopicPartition, Instant> shut = new HashMap<>();

    /** @param source the topic whose records never wait */
    DelayGate(Consumer<byte[], byte[]> consumer, String source, Clock clock) {
        this.consumer = consumer;
        this.source = source;
        this.clock = clock;
    }

    /** {@return the partitions that are not read now, because their next record is not due} */
    Set<TopicPartition> shut() {
        var now = clock.instant();
        shut.values().removeIf(opens -> !now.isBefore(opens));
        return Set.copyOf(shut.keySet());
    }

    /** {@return this time, or less when a record is due earlier} */
    Duration atMost(Duration timeout) {
        var now = clock.instant();
        return shut.values().stream()
                .map(opens -> Duration.between(now, opens))
                .filter(left -> left.compareTo(timeout) < 0)
                .min(Duration::compareTo)
                .map(left -> left.isNegative() ? Duration.ZERO : left)
                .orElse(timeout);
    }

    /** {@return the records that are due; in each partition, the consumer goes back to the first one that is not} */
    ConsumerRecords<byte[], byte[]> due(ConsumerRecords<byte[], byte[]> polled) {
        var due = new LinkedHashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
        var next = new HashMap<>(polled.nextOffsets());
        for (var partition : polled.partitions()) {
            var records = polled.records(partition);
            var count = partition.topic().equals(source) ? records.size() : countDue(records);
            if (count > 0) {
                due.put(partition, records.subList(0, count));
            }
            if (count < records.size()) {
                var early = records.get(count);
                consumer.seek(partition, early.offset());
                next.put(partition, new OffsetAndMetadata(early.offset()));
                shut.put(partition, notBefore(early));
            }
        }
        return new ConsumerRecords<>(due, next);
    }

    /** Drops these partitions, because another consumer owns them now. */
    void forget(Collection<TopicPartition> gone) {
        shut.keySet().removeAll(gone);
    }

    private int countDue(List<ConsumerRecord<byte[], byte[]>> records) {
        var now = clock.instant();
        var count = 0;
        while (count < records.size() && !now.isBefore(notBefore(records.get(count)))) {
            count++;
        }
        return count;
    }

    private Instant notBefore(ConsumerRecord<byte[], byte[]> message) {
        var text = Envelope.header(message, Headers.NOT_BEFORE);
        try {
            var at = text == null ? Instant.MIN : Instant.ofEpochMilli(Long.parseLong(text));
            return at.isAfter(clock.instant().plus(LONGEST)) ? Instant.MIN : at;
        } catch (NumberFormatException e) {
            return Instant.MIN;
        }
    }
}
