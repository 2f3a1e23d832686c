package io.sluice.runtime.engine;

import static java.util.stream.Collectors.toMap;

import io.sluice.runtime.PipelineStatus.Stalled;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wraps the Kafka consumer and handles its errors. A group without committed offsets starts at the beginning. When the
 * log no longer has an offset, its partition stops and an error is logged, because any other offset would silently skip
 * records. Used by one thread only.
 */
final class Feed {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final Duration REMOTE = Duration.ofSeconds(10);

    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final List<String> topics;
    private final String topic;
    private final DelayGate delays;
    private final Clock clock;
    private int partitions;
    private final Set<TopicPartition> lost = new HashSet<>();
    private final Set<TopicPartition> unread = new HashSet<>();
    private OnAssigned commits = (partition, committed, end) -> {};
    private @Nullable Stalled pollProblem;
    private @Nullable Stalled commitProblem;
    private @Nullable Stalled offsetProblem;

    /** @param topics the source first, then the retry topics */
    Feed(org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer, List<String> topics, Clock clock) {
        this.consumer = consumer;
        this.topics = topics;
        this.topic = topics.getFirst();
        this.delays = new DelayGate(consumer, topic, clock);
        this.clock = clock;
    }

    /** Gets the last commit of a partition that is assigned, and the partition's end. */
    interface OnAssigned {
        void accept(TopicPartition partition, OffsetAndMetadata committed, long end);
    }

    /**
     * Joins the group.
     *
     * @param onAssigned called for each partition that has a commit, before any record of it is read
     * @param onRevoked called while the consumer still owns the partitions, to commit for the last time
     * @param onGone called when another consumer may own the partitions
     */
    void join(
            OnAssigned onAssigned,
            Consumer<Collection<TopicPartition>> onRevoked,
            Consumer<Collection<TopicPartition>> onGone) {
        commits = onAssigned;
        consumer.subscribe(topics, new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                LOG.atDebug().addKeyValue("partitions", partitions).log("partitions assigned");
                unread.addAll(partitions);
                readCommitsOrPause();
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                onRevoked.accept(partitions);
                onPartitionsLost(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                LOG.atDebug().addKeyValue("partitions", partitions).log("partitions gone");
                onGone.accept(partitions);
                delays.forget(partitions);
                unread.removeAll(partitions);
                lost.removeAll(partitions);
                offsetProblem = lost.isEmpty() ? null : offsetProblem;
            }
        });
    }

    /**
     * Polls the partitions that are not {@code busy}, and returns the records that are due. Unless {@code open}, it polls
     * without fetching any records.
     */
    ConsumerRecords<byte[], byte[]> poll(Duration timeout, Set<TopicPartition> busy, boolean open) {
        try {
            readCommits();
            pauseAllBut(open ? freeOf(busy) : Set.of());
            var polled = delays.due(consumer.poll(delays.atMost(timeout)));
            pollProblem = null;
            return polled;
        } catch (NoOffsetForPartitionException e) {
            LOG.atInfo()
                    .addKeyValue("partitions", e.partitions())
                    .log("no committed offset yet; reading from the beginning");
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

    /** {@return whether the offsets are committed; if not, the caller commits them again later} */
    boolean commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            consumer.commitSync(offsets, REMOTE);
            commitProblem = null;
            return true;
        } catch (OffsetMetadataTooLarge e) {
            return commitWithoutNotes(offsets);
        } catch (RebalanceInProgressException | CommitFailedException e) {
            LOG.atDebug().addKeyValue("reason", e.getMessage()).log("not committed: the group is being rebalanced");
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            commitProblem = stalled(commitProblem, "offsets cannot be committed: " + e.getMessage(), e);
        }
        return false;
    }

    /** The broker is set to accept less metadata. Without the notes, a restart may repeat more. */
    private boolean commitWithoutNotes(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return commit(offsets.entrySet().stream()
                .collect(toMap(
                        Map.Entry::getKey,
                        entry -> new OffsetAndMetadata(entry.getValue().offset()))));
    }

    /** {@return how many partitions the source has; when Kafka does not answer, the last known number} */
    int partitions() {
        try {
            var found = consumer.partitionsFor(topic, REMOTE).size();
            partitions = found == 0 ? partitions : found;
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.atDebug().addKeyValue("topic", topic).setCause(e).log("partition count not known");
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

    /** {@return how many records of the source are left to read, as far as the consumer knows without a request} */
    long lag() {
        return consumer.assignment().stream()
                .filter(partition -> partition.topic().equals(topic))
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum();
    }

    /** {@return why the consumer makes no progress; empty when it does} */
    Optional<Stalled> problem() {
        return Optional.ofNullable(offsetProblem)
                .or(() -> Optional.ofNullable(pollProblem))
                .or(() -> Optional.ofNullable(commitProblem));
    }

    /**
     * Closes the consumer and leaves its group. If {@code silently}, it does not leave, as in a crash, so that the
     * group notices only by the session timeout.
     */
    void close(boolean silently) {
        consumer.close(CloseOptions.timeout(REMOTE)
                .withGroupMembershipOperation(
                        silently ? GroupMembershipOperation.REMAIN_IN_GROUP : GroupMembershipOperation.DEFAULT));
    }

    private void readCommits() {
        if (!unread.isEmpty()) {
            var committed = new HashMap<>(consumer.committed(unread, REMOTE));
            committed.values().removeIf(Objects::isNull);
            var ends = consumer.endOffsets(committed.keySet(), REMOTE);
            committed.forEach((partition, commit) ->
                    commits.accept(partition, commit, ends.getOrDefault(partition, commit.offset())));
            unread.clear();
        }
    }

    /** No record of a partition is read before its last commit. Kafka may not answer now; the next poll asks again. */
    private void readCommitsOrPause() {
        try {
            readCommits();
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.atDebug().addKeyValue("partitions", unread).setCause(e).log("the last commits are not known yet");
            consumer.pause(unread);
        }
    }

    private Set<TopicPartition> freeOf(Set<TopicPartition> busy) {
        var free = new HashSet<>(consumer.assignment());
        free.removeAll(busy);
        free.removeAll(lost);
        free.removeAll(delays.shut());
        return free;
    }

    /**
     * Compares with the consumer's own paused partitions, not with those paused before, because a rebalance removes
     * pauses.
     */
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
            LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .setCause(thrown)
                    .log("Kafka failed; the pipeline makes no progress until it answers");
        }
        return new Stalled(reason, before == null ? clock.instant() : before.since());
    }
}
