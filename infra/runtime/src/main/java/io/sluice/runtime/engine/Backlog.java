package io.sluice.runtime.engine;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.sluice.runtime.engine.Work.Lane;
import java.util.ArrayList;
import java.util.Collection;
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
 * The records that were read and are not done. A partition with records to handle or to write is busy, and nothing more
 * is read from it. While its records only wait for their next attempt, others are read behind them, up to a limit.
 * Records of one key stay in order: while one waits, the later ones wait too.
 */
final class Backlog {
    /** The most records, and the most bytes of values, that wait in a partition from which others are read. */
    private static final int MOST_WAITING = 100;

    private static final long MOST_BYTES_WAITING = 16L * 1024 * 1024;

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
                if (!isIn(blocked, work) && ready.test(work)) {
                    found.add(work);
                } else {
                    work.lane().ifPresent(blocked::add);
                }
            }
        }
        return found;
    }

    /** Asks for the lane only when there are any: mostly every work is ready. */
    private static boolean isIn(Set<Lane> lanes, Work work) {
        return !lanes.isEmpty() && work.lane().filter(lanes::contains).isPresent();
    }

    /** {@return whether there is such a work, ready or not} */
    boolean has(Predicate<Work> wanted) {
        for (var works : open.values()) {
            for (var work : works) {
                if (wanted.test(work)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** {@return the works that have no earlier work of their key, and so wait for nothing but their own next step} */
    List<Work> heads() {
        var heads = new ArrayList<Work>();
        for (var works : open.values()) {
            var seen = new HashSet<Lane>();
            for (var work : works) {
                if (work.lane().map(seen::add).orElse(true)) {
                    heads.add(work);
                }
            }
        }
        return heads;
    }

    /** Removes a work whose fate is durable. */
    void done(Work work) {
        offsets.done(work.partition(), work.message().offset());
        open.computeIfPresent(work.partition(), (partition, works) -> {
            works.remove(work);
            return works.isEmpty() ? null : works;
        });
    }

    /** {@return the partitions from which nothing more is to be read now} */
    Set<TopicPartition> busy() {
        return open.entrySet().stream()
                .filter(entry -> isBusy(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(toUnmodifiableSet());
    }

    private static boolean isBusy(List<Work> works) {
        var bytes = works.stream()
                .mapToLong(work -> work.message().serializedValueSize())
                .sum();
        return works.size() >= MOST_WAITING || bytes >= MOST_BYTES_WAITING || !areWaiting(works);
    }

    /** {@return whether each of them has failed and is tried again later, or is behind such a one of its key} */
    private static boolean areWaiting(List<Work> works) {
        var waiting = new HashSet<Lane>();
        for (var work : works) {
            var lane = work.lane();
            if (work.isTriedAgainLater()) {
                lane.ifPresent(waiting::add);
            } else if (lane.filter(waiting::contains).isEmpty()) {
                return false;
            }
        }
        return true;
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
