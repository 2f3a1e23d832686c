package io.sluice.runtime.engine;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The offset that each partition may commit: that of its lowest record that is not done. Also a partition with no done
 * record is committed once. So when the log later loses that offset, the consumer fails instead of starting at the
 * beginning again.
 */
final class Offsets {
    private final Map<TopicPartition, Partition> partitions = new HashMap<>();

    private static final class Partition {
        private final TreeSet<Long> open = new TreeSet<>();
        private long next;
        private long committed = -1;

        long committable() {
            return open.isEmpty() ? next : open.first();
        }
    }

    /** Notes a record that was read and is not done. */
    void opened(TopicPartition partition, long offset) {
        partitions.computeIfAbsent(partition, p -> new Partition()).open.add(offset);
    }

    /** Notes that every record below this offset was read. */
    void readUpTo(TopicPartition partition, long next) {
        partitions.computeIfAbsent(partition, p -> new Partition()).next = next;
    }

    /** Notes that a record's fate is durable. Does nothing when the consumer no longer owns the partition. */
    void done(TopicPartition partition, long offset) {
        var state = partitions.get(partition);
        if (state != null) {
            state.open.remove(offset);
        }
    }

    /** {@return the offsets to commit: by partition, the offset to continue from after a restart} */
    Map<TopicPartition, OffsetAndMetadata> committable() {
        return partitions.entrySet().stream()
                .filter(entry -> entry.getValue().committable() > entry.getValue().committed)
                .collect(toMap(
                        Map.Entry::getKey,
                        entry -> new OffsetAndMetadata(entry.getValue().committable())));
    }

    /** Notes that these offsets are committed. */
    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            var state = partitions.get(partition);
            if (state != null) {
                state.committed = offset.offset();
            }
        });
    }

    /** Drops these partitions, because another consumer owns them now. */
    void forget(Collection<TopicPartition> gone) {
        partitions.keySet().removeAll(gone);
    }
}
