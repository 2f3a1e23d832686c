package io.sluice.runtime.engine;

import static java.util.stream.Collectors.toMap;

import io.sluice.runtime.engine.CommitNote.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What each partition may commit: the offset of its lowest record that is not done, and a note of the offsets above it
 * that are done. Also a partition with no done record is committed once. So when the log later loses that offset, the
 * consumer fails instead of starting at the beginning again.
 */
final class Offsets {
    private final Map<TopicPartition, Partition> partitions = new HashMap<>();

    private static final class Partition {
        private final TreeSet<Long> open = new TreeSet<>();
        private List<Span> doneBefore = List.of();
        private long next = -1;
        private @Nullable OffsetAndMetadata committed;

        boolean isWorthACommit() {
            return next >= 0 && !isCommitted(commit());
        }

        private boolean isCommitted(OffsetAndMetadata commit) {
            if (committed == null || commit.offset() > committed.offset()) {
                return false;
            }
            return commit.offset() < committed.offset() || Objects.equals(commit.metadata(), committed.metadata());
        }

        OffsetAndMetadata commit() {
            var offset = open.isEmpty() ? next : open.first();
            return new OffsetAndMetadata(offset, new CommitNote(done()).text(offset));
        }

        /** {@return what is done between the open offsets, and above all that was read} */
        private List<Span> done() {
            if (open.isEmpty() && doneBefore.isEmpty()) {
                return List.of();
            }
            var done = new ArrayList<Span>();
            var from = next;
            if (!open.isEmpty()) {
                from = open.first();
                for (long offset : open) {
                    add(done, from, offset - 1);
                    from = offset + 1;
                }
                add(done, from, next - 1);
            }
            for (var span : doneBefore) {
                add(done, Math.max(next, span.first()), span.last());
            }
            return done;
        }

        private static void add(List<Span> spans, long first, long last) {
            if (first <= last) {
                spans.add(new Span(first, last));
            }
        }
    }

    /** Continues from the last commit of the partition, by whichever consumer. */
    void restore(TopicPartition partition, OffsetAndMetadata committed) {
        var state = partition(partition);
        state.committed = committed;
        state.next = committed.offset();
        state.doneBefore =
                CommitNote.parse(committed.metadata(), committed.offset()).done();
    }

    /** {@return whether an earlier consumer was done with this record, so that it is not handled again} */
    boolean isDone(TopicPartition partition, long offset) {
        var state = partitions.get(partition);
        return state != null && state.doneBefore.stream().anyMatch(span -> span.contains(offset));
    }

    /** Notes a record that was read and is not done. */
    void opened(TopicPartition partition, long offset) {
        partition(partition).open.add(offset);
    }

    /** Notes that every record below this offset was read. */
    void readUpTo(TopicPartition partition, long next) {
        partition(partition).next = next;
    }

    /** Notes that a record's fate is durable. Does nothing when the consumer no longer owns the partition. */
    void done(TopicPartition partition, long offset) {
        var state = partitions.get(partition);
        if (state != null) {
            state.open.remove(offset);
        }
    }

    /** {@return what to commit: by partition, the offset to continue from after a restart, with its note} */
    Map<TopicPartition, OffsetAndMetadata> committable() {
        return partitions.entrySet().stream()
                .filter(entry -> entry.getValue().isWorthACommit())
                .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().commit()));
    }

    /** Notes that these offsets are committed. */
    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            var state = partitions.get(partition);
            if (state != null) {
                state.committed = offset;
            }
        });
    }

    /** Drops these partitions, because another consumer owns them now. */
    void forget(Collection<TopicPartition> gone) {
        partitions.keySet().removeAll(gone);
    }

    private Partition partition(TopicPartition partition) {
        return partitions.computeIfAbsent(partition, p -> new Partition());
    }
}
