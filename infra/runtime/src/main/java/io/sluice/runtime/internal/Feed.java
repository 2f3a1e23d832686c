package io.sluice.runtime.internal;

import io.sluice.runtime.PipelineStatus.Stalled;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer, and what can go wrong with it. A group that never committed starts at the beginning; an offset that the
 * log no longer has stops its partition and raises an alarm, because going on from anywhere else would skip records in
 * silence. Belongs to one thread.
 */
final class Feed {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final Duration REMOTE = Duration.ofSeconds(10);

    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Clock clock;
    private int partitions;
    private final Set<TopicPartition> lost = new HashSet<>();
    private @Nullable Stalled pollProblem;
    private @Nullable Stalled commitProblem;
    private @Nullable Stalled offsetProblem;

    Feed(org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer, String topic, Clock clock) {
        this.consumer = consumer;
        this.topic = topic;
        this.clock = clock;
    }

    /**
     * Joins the group.
     *
     * @param onRevoked last chance to commit; the partitions are still ours
     * @param onGone the partitions are somebody else's now
     */
    void join(Runnable onRevoked, Consumer<Collection<TopicPartition>> onGone) {
        consumer.subscribe(List.of(topic), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                LOG.atDebug().addKeyValue("partitions", partitions).log("partitions assigned");
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                onRevoked.run();
                onPartitionsLost(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                LOG.atDebug().addKeyValue("partitions", partitions).log("partitions gone");
                onGone.accept(partitions);
                lost.removeAll(partitions);
                offsetProblem = lost.isEmpty() ? null : offsetProblem;
            }
        });
    }

    /** Reads on where it may: nothing of {@code busy}, and nothing at all unless it is {@code open}. */
    ConsumerRecords<byte[], byte[]> poll(Duration timeout, Set<TopicPartition> busy, boolean open) {
        try {
            pauseAllBut(open ? freeOf(busy) : Set.of());
            var polled = consumer.poll(timeout);
            pollProblem = null;
            return polled;
        } catch (NoOffsetForPartitionException e) {
            LOG.atInfo().addKeyValue("partitions", e.partitions()).log("nothing committed yet: from the beginning");
            consumer.seekToBeginning(e.partitions());
        } catch (OffsetOutOfRangeException e) {
            lose(e.offsetOutOfRangePartitions());
        } catch (InterruptException | FencedInstanceIdException e) {
            throw e;
        } catch (KafkaException e) {
            pollProblem = stalled(pollProblem, "Kafka cannot be read: " + e.getMessage(), e);
        }
        return ConsumerRecords.empty();
    }

    /** {@return whether the offsets are committed; when not, they are to be tried again} */
    boolean commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            consumer.commitSync(offsets, REMOTE);
            commitProblem = null;
            return true;
        } catch (RebalanceInProgressException | CommitFailedException e) {
            LOG.atDebug().addKeyValue("reason", e.getMessage()).log("not committed: the group is being rebalanced");
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            commitProblem = stalled(commitProblem, "offsets cannot be committed: " + e.getMessage(), e);
        }
        return false;
    }

    /** {@return how many partitions the topic has, or had when that could last be learned} */
    int partitions() {
        try {
            var found = consumer.partitionsFor(topic, REMOTE).size();
            partitions = found == 0 ? partitions : found;
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.atDebug().addKeyValue("topic", topic).setCause(e).log("partition count not learned");
        }
        if (partitions == 0) {
            throw new IllegalStateException("topic " + topic + " has records but no partitions");
        }
        return partitions;
    }

    /** {@return whether the last poll failed} */
    boolean isFailing() {
        return pollProblem != null;
    }

    /** {@return how many records are left to read, as far as is known without asking} */
    long lag() {
        return consumer.assignment().stream()
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum();
    }

    /** {@return why it does not get on} */
    Optional<Stalled> problem() {
        return Optional.ofNullable(offsetProblem)
                .or(() -> Optional.ofNullable(pollProblem))
                .or(() -> Optional.ofNullable(commitProblem));
    }

    /** Leaves the group; {@code silently} as a crash would, so that the group has to find out. */
    void close(boolean silently) {
        consumer.close(CloseOptions.timeout(REMOTE)
                .withGroupMembershipOperation(
                        silently ? GroupMembershipOperation.REMAIN_IN_GROUP : GroupMembershipOperation.DEFAULT));
    }

    private Set<TopicPartition> freeOf(Set<TopicPartition> busy) {
        var free = new HashSet<>(consumer.assignment());
        free.removeAll(busy);
        free.removeAll(lost);
        return free;
    }

    /** Compares with what the consumer says rather than with what was asked before: a rebalance forgets pauses. */
    private void pauseAllBut(Set<TopicPartition> open) {
        var paused = consumer.paused();
        var toPause = new HashSet<>(consumer.assignment());
        toPause.removeAll(open);
        toPause.removeAll(paused);
        consumer.pause(toPause);
        var toResume = new HashSet<>(paused);
        toResume.retainAll(open);
        consumer.resume(toResume);
    }

    private void lose(Map<TopicPartition, Long> offsets) {
        lost.addAll(offsets.keySet());
        offsetProblem = new Stalled("the log no longer has the offsets " + offsets, clock.instant());
        LOG.atError()
                .addKeyValue("offsets", offsets)
                .log("offsets out of range: these partitions stop until the group's offsets are set by hand");
    }

    private Stalled stalled(@Nullable Stalled before, String reason, KafkaException thrown) {
        if (before == null) {
            LOG.atWarn().addKeyValue("topic", topic).setCause(thrown).log("no progress for now: Kafka");
        }
        return new Stalled(reason, before == null ? clock.instant() : before.since());
    }
}
