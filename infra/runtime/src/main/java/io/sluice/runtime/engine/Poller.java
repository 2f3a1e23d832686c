package io.sluice.runtime.engine;

import io.sluice.runtime.PipelineStatus.Stalled;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The reading side of a consumer thread: polls records into the backlog, says which of them are ready, and commits the
 * offset below which all records are done. Used by one thread only.
 */
final class Poller {
    /** Longest wait in a poll when nothing else is to do. A stop is noticed at the latest after this time. */
    private static final Duration IDLE = Duration.ofMillis(250);
    /** Longest wait in a poll while records wait for their next attempt. */
    private static final Duration WAITING = Duration.ofMillis(25);

    private final Feed feed;
    private final Backlog backlog;
    private final Offsets offsets;
    private final Admission admission;
    private final int batchSize;

    Poller(Feed feed, Backlog backlog, Offsets offsets, Admission admission, int batchSize) {
        this.feed = feed;
        this.backlog = backlog;
        this.offsets = offsets;
        this.admission = admission;
        this.batchSize = batchSize;
    }

    /**
     * Joins the group.
     *
     * @param onRevoked called before partitions are taken away, to commit for the last time
     */
    void join(Runnable onRevoked) {
        feed.join(offsets::restore, onRevoked, backlog::forget);
    }

    /**
     * Polls, without waiting when a work is ready.
     *
     * @return false when the poll failed
     */
    boolean poll() {
        var polled = feed.poll(patience(), backlog.busy(), admission.isOpen());
        backlog.add(polled);
        return !polled.isEmpty() || !feed.isFailing();
    }

    private Duration patience() {
        if (!ready(1).isEmpty()) {
            return Duration.ZERO;
        }
        return backlog.isEmpty() ? IDLE : WAITING;
    }

    /** {@return the next batch: the oldest works that may be handled or written now} */
    List<Work> ready() {
        return ready(batchSize);
    }

    private List<Work> ready(int limit) {
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

    /** Commits what is done. Offsets that cannot be committed now are committed with the next ones. */
    void commit() {
        var committable = offsets.committable();
        if (!committable.isEmpty() && feed.commit(committable)) {
            offsets.committed(committable);
        }
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
