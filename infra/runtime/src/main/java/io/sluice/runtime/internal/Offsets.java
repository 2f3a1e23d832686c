package io.sluice.runtime.internal;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far each partition may be committed: up to its lowest record that is not done, and no further. The first commit of
 * a group says where it began, so that a later gap in the log shows as a gap.
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

    /** A record was read and is not done. */
    void opened(TopicPartition partition, long offset) {
        partitions.computeIfAbsent(partition, p -> new Partition()).open.add(offset);
    }

    /** Everything below this offset was read. */
    void readUpTo(TopicPartition partition, long next) {
        partitions.computeIfAbsent(partition, p -> new Partition()).next = next;
    }

    /** A record's fate is durable; ignored when the partition is no longer ours. */
    void done(TopicPartition partition, long offset) {
        var state = partitions.get(partition);
        if (state != null) {
            state.open.remove(offset);
        }
    }

    /** {@return what there is to commit: by partition, the offset to go on from after a restart} */
    Map<TopicPartition, OffsetAndMetadata> committable() {
        return partitions.entrySet().stream()
                .filter(entry -> entry.getValue().committable() > entry.getValue().committed)
                .collect(toMap(
                        Map.Entry::getKey,
                        entry -> new OffsetAndMetadata(entry.getValue().committable())));
    }

    /** These offsets are committed. */
    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            var state = partitions.get(partition);
            if (state != null) {
                state.committed = offset.offset();
            }
        });
    }

    /** These partitions belong to somebody else now. */
    void forget(Collection<TopicPartition> gone) {
        partitions.keySet().removeAll(gone);
    }
}
