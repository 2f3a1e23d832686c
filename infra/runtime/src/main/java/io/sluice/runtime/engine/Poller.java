package io.sluice.runtime.engine;

import io.sluice.runtime.PipelineStatus.Stalled;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The reading side of a consumer thread: polls records into the backlog, says which of them are ready, and commits what
 * is done and what is in flight. Used by one thread only.
 */
final class Poller {
    /** Longest wait in a poll when nothing else is to do. A stop is noticed at the latest after this time. */
    private static final Duration IDLE = Duration.ofMillis(250);
    /** Longest wait in a poll while records wait for a dependency, or a failed commit for its next attempt. */
    private static final Duration WAITING = Duration.ofMillis(25);

    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final Feed feed;
    private final Backlog backlog;
    private final Offsets offsets;
    private final Admission admission;
    private final Turns turns;
    private boolean commitFailed;

    Poller(Feed feed, Backlog backlog, Offsets offsets, Admission admission, Turns turns) {
        this.feed = feed;
        this.backlog = backlog;
        this.offsets = offsets;
        this.admission = admission;
        this.turns = turns;
    }

    /**
     * Joins the group.
     *
     * @param onRevoked called before partitions are taken away, to commit for the last time
     */
    void join(Consumer<Collection<TopicPartition>> onRevoked) {
        feed.join(offsets::restore, onRevoked, backlog::forget);
    }

    /**
     * Polls, without waiting when a work is ready or something is to be committed.
     *
     * @return false when the poll failed
     */
    boolean poll() {
        var polled = feed.poll(patience(), backlog.busy(), admission.isOpen());
        backlog.add(polled);
        return !polled.isEmpty() || !feed.isFailing();
    }

    private Duration patience() {
        if (commitFailed) {
            return WAITING;
        }
        if (offsets.hasProgress() || !ready(1).isEmpty()) {
            return Duration.ZERO;
        }
        return backlog.heads().stream()
                .map(work -> admission.untilAdmitted(work, WAITING))
                .min(Duration::compareTo)
                .map(Poller::withinReason)
                .orElse(IDLE);
    }

    private static Duration withinReason(Duration untilNext) {
        if (untilNext.compareTo(IDLE) > 0) {
            return IDLE;
        }
        return untilNext.compareTo(SHORTEST) < 0 ? SHORTEST : untilNext;
    }

    /** {@return the next batch: the oldest works that may be handled or written now} */
    List<Work> ready() {
        return turns.next(admission::admits);
    }

    /** The batch was handled, and what is decided about it is written. */
    void ended(List<Work> works) {
        turns.ended(works);
    }

    /** {@return the oldest works that may be handled or written now} */
    List<Work> ready(int limit) {
        return backlog.ready(admission::admits, limit);
    }

    /** Marks a work as done: its fate is durable. */
    void done(Work work) {
        backlog.done(work);
    }

    /** {@return whether everything that was read is done} */
    boolean isEmpty() {
        return backlog.isEmpty();
    }

    /**
     * {@return whether a record is ready that may have been in flight when an earlier process ended without saying so}
     */
    boolean hasSuspects() {
        return offsets.hasSuspects() && ready(Integer.MAX_VALUE).stream().anyMatch(offsets::isSuspect);
    }

    /** {@return whether the record must be the cause of earlier ends of the process} */
    boolean isConvicted(Work work) {
        return offsets.isConvicted(work);
    }

    /**
     * Commits that these works are about to be in flight, with what is done since the last commit. Commits nothing when
     * the last commit covers all of it.
     *
     * @return false when it cannot be committed now; then they must not be handled yet
     */
    boolean begin(List<Work> works) {
        offsets.begin(works);
        var isCovered = !offsets.hasProgress() && offsets.areNoted(works);
        return isCovered || commitChanges() || offsets.areNoted(works);
    }

    /** Like {@link #begin}, for the only work that is in flight in the whole process. */
    boolean beginAlone(Work work) {
        offsets.beginAlone(work);
        return commitChanges();
    }

    /**
     * Commits that these works are partly done.
     *
     * @return false when it cannot be committed now
     */
    boolean madeProgress(List<Work> works) {
        offsets.madeProgress(works);
        return commitChanges();
    }

    /** Commits what is done, while nothing is in flight. What cannot be committed now is committed with the next. */
    void commit() {
        offsets.idle(turns.batchSize());
        if (offsets.hasProgress()) {
            commitChanges();
        }
    }

    /** Commits that no work is alone in flight any longer. */
    void commitIdle() {
        offsets.idle(0);
        commitChanges();
    }

    /** Commits for the last time before these partitions go to another consumer. */
    void commitClean(Collection<TopicPartition> leaving) {
        offsets.idle(turns.batchSize());
        offsets.clean(leaving);
        commitChanges();
    }

    /** Commits for the last time before the consumer is closed. */
    void commitClean() {
        commitClean(offsets.partitions());
    }

    private boolean commitChanges() {
        var committable = offsets.committable();
        if (committable.isEmpty()) {
            return true;
        }
        commitFailed = !feed.commit(committable);
        if (!commitFailed) {
            offsets.committed(committable);
        }
        return !commitFailed;
    }

    /** {@return how many records are left to read, as far as the consumer knows without a request} */
    long lag() {
        return feed.lag();
    }

    /** {@return why the consumer makes no progress; empty when it does} */
    Optional<Stalled> problem() {
        return feed.problem();
    }

    /** Leaves the group; if {@code silently}, as a crash would. */
    void close(boolean silently) {
        feed.close(silently);
    }
}
