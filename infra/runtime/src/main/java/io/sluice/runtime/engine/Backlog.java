package io.sluice.runtime.engine;

import io.sluice.runtime.engine.Work.Lane;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * The records that were read and are not done. A partition with such records is busy, and nothing more is read from it,
 * so each partition has at most one batch of them. Records of one key stay in order: while one waits, the later ones
 * wait too.
 */
final class Backlog {
    private final Map<TopicPartition, List<Work>> open = new LinkedHashMap<>();
    private final Offsets offsets;
    private final Function<ConsumerRecord<byte[], byte[]>, Envelope> envelopes;

    /** @param envelopes decodes a record's key and headers */
    Backlog(Offsets offsets, Function<ConsumerRecord<byte[], byte[]>, Envelope> envelopes) {
        this.offsets = offsets;
        this.envelopes = envelopes;
    }

    /** Adds what was polled, without the records that an earlier consumer was done with. */
    void add(ConsumerRecords<byte[], byte[]> polled) {
        for (var message : polled) {
            var partition = new TopicPartition(message.topic(), message.partition());
            if (!offsets.isDone(partition, message.offset())) {
                open.computeIfAbsent(partition, p -> new ArrayList<>())
                        .add(new Work(message, envelopes.apply(message)));
                offsets.opened(partition, message.offset());
            }
        }
        polled.nextOffsets().forEach((partition, next) -> offsets.readUpTo(partition, next.offset()));
    }

    /** {@return the oldest works that are ready and have no earlier work of their key that is not ready} */
    List<Work> ready(Predicate<Work> ready, int limit) {
        var found = new ArrayList<Work>();
        for (var works : open.values()) {
            var blocked = new HashSet<Lane>();
            for (var work : works) {
                if (found.size() == limit) {
                    return found;
                }
                if (work.lane().filter(blocked::contains).isEmpty() && ready.test(work)) {
                    found.add(work);
                } else {
                    work.lane().ifPresent(blocked::add);
                }
            }
        }
        return found;
    }

    /** Removes a work whose fate is durable. */
    void done(Work work) {
        offsets.done(work.partition(), work.message().offset());
        open.computeIfPresent(work.partition(), (partition, works) -> {
            works.remove(work);
            return works.isEmpty() ? null : works;
        });
    }

    /** {@return the partitions with works in them} */
    Set<TopicPartition> busy() {
        return Collections.unmodifiableSet(open.keySet());
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Drops the works of these partitions, because another consumer owns the partitions now. */
    void forget(Collection<TopicPartition> gone) {
        open.keySet().removeAll(gone);
        offsets.forget(gone);
    }
}
