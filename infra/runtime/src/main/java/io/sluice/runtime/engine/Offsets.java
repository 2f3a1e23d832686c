package io.sluice.runtime.engine;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each partition may commit: the offset of its lowest record that is not done, and a {@linkplain CommitNote note}.
 * The note says which records above that offset are done, and which are in flight. Also a partition with no done record
 * is committed once. So when the log later loses that offset, the consumer fails instead of starting at the beginning
 * again.
 */
final class Offsets {
    private static final Logger LOG = LoggerFactory.getLogger(Offsets.class);

    private final String process;
    private final Map<TopicPartition, PartitionOffsets> partitions = new HashMap<>();

    /** @param process the name of this process, which no earlier process has */
    Offsets(String process) {
        this.process = process;
    }

    /**
     * Continues from the last commit of a partition, whichever consumer made it.
     *
     * @param end the end of the partition now
     */
    void restore(TopicPartition partition, OffsetAndMetadata committed, long end) {
        var state = partition(partition);
        state.restore(committed, process, end);
        if (!state.suspects().isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("partition", partition)
                    .addKeyValue("offset", committed.offset())
                    .addKeyValue("most", state.suspects().left().count())
                    .log(
                            "a process ended in the middle of its work; what it may have had in flight is handled one by one");
        }
    }

    /** {@return whether an earlier consumer was done with this record, so that it is not handled again} */
    boolean isDone(TopicPartition partition, long offset) {
        var state = partitions.get(partition);
        return state != null && state.isDone(offset);
    }

    /** Notes a record that was read and is not done. */
    void opened(TopicPartition partition, long offset) {
        partition(partition).opened(offset);
    }

    /** Notes that every record below this offset was read. */
    void readUpTo(TopicPartition partition, long next) {
        partition(partition).readUpTo(next);
    }

    /** Notes that a record's fate is durable. Does nothing when the consumer no longer owns the partition. */
    void done(TopicPartition partition, long offset) {
        var state = partitions.get(partition);
        if (state != null) {
            state.done(offset);
        }
    }

    /** Notes that these records are about to be in flight, and no others. */
    void begin(List<Work> works) {
        idle(0);
        works.stream()
                .collect(toMap(Work::partition, work -> work.message().offset(), Long::max))
                .forEach((partition, last) -> partition(partition).begin(process, last));
    }

    /** Notes that this record is about to be in flight, and no other in the whole process. */
    void beginAlone(Work work) {
        idle(0);
        partition(work.partition()).beginAlone(process, work.message().offset());
    }

    /** Notes that nothing is in flight, and that at most so many records of a partition will be before the next commit. */
    void idle(int soon) {
        partitions.values().forEach(state -> state.idle(soon));
    }

    /** Notes that this consumer handles no more records of these partitions. */
    void clean(Collection<TopicPartition> leaving) {
        leaving.stream()
                .filter(partitions::containsKey)
                .forEach(partition -> partition(partition).clean());
    }

    /** Notes that these records are partly done, and so are not what ends the process at once. */
    void madeProgress(List<Work> works) {
        for (var work : works) {
            partition(work.partition()).suspects().madeProgress(work.message().offset());
        }
    }

    /** {@return whether the last commits say that these records are in flight} */
    boolean areNoted(List<Work> works) {
        return works.stream()
                .map(Work::partition)
                .distinct()
                .allMatch(partition -> partition(partition).isNoted());
    }

    /** {@return whether any record may have been in flight when an earlier process ended without saying so} */
    boolean hasSuspects() {
        return partitions.values().stream().anyMatch(state -> !state.suspects().isEmpty());
    }

    /** {@return whether the record may have been in flight then} */
    boolean isSuspect(Work work) {
        return partition(work.partition()).suspects().contains(work.message().offset());
    }

    /** {@return whether the record was alone in flight in so many unclean ends that it must be the cause} */
    boolean isConvicted(Work work) {
        return partition(work.partition()).suspects().isConvicted(work.message().offset());
    }

    /** {@return whether more is done than the last commits say} */
    boolean hasProgress() {
        return partitions.values().stream().anyMatch(PartitionOffsets::hasProgress);
    }

    /** {@return the partitions that have something new to commit: the offset to continue from, and the note} */
    Map<TopicPartition, OffsetAndMetadata> committable() {
        return partitions.entrySet().stream()
                .filter(entry -> entry.getValue().isChanged())
                .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().commit()));
    }

    /** Notes that everything that was committable is committed. */
    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        for (var partition : offsets.keySet()) {
            var state = partitions.get(partition);
            if (state != null) {
                state.committed();
            }
        }
    }

    /** {@return the partitions that something was read from, or committed for} */
    Set<TopicPartition> partitions() {
        return Set.copyOf(partitions.keySet());
    }

    /** Drops these partitions, because another consumer owns them now. */
    void forget(Collection<TopicPartition> gone) {
        partitions.keySet().removeAll(gone);
    }

    private PartitionOffsets partition(TopicPartition partition) {
        return partitions.computeIfAbsent(partition, p -> new PartitionOffsets());
    }
}
