package io.sluice.runtime.internal;

import io.sluice.runtime.PipelineStatus.Stalled;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The reading side of a consumer thread: polls records into the backlog, says which of them are ready, and commits how far
 * all of them are done. Belongs to one thread.
 */
final class Intake {
    /** Longest wait in a poll with nothing else to do; also how late a stop may be noticed. */
    private static final Duration IDLE = Duration.ofMillis(250);
    /** The same while records wait for their time. */
    private static final Duration WAITING = Duration.ofMillis(25);

    private final Feed feed;
    private final Backlog backlog;
    private final Offsets offsets;
    private final Admission admission;
    private final int batchSize;

    Intake(Feed feed, Backlog backlog, Offsets offsets, Admission admission, int batchSize) {
        this.feed = feed;
        this.backlog = backlog;
        this.offsets = offsets;
        this.admission = admission;
        this.batchSize = batchSize;
    }

    /**
     * Joins the group.
     *
     * @param onRevoked last chance to commit before partitions go
     */
    void join(Runnable onRevoked) {
        feed.join(onRevoked, backlog::forget);
    }

    /**
     * Reads on, without waiting when there is something to do.
     *
     * @return whether Kafka could be read
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

    /** {@return the next batch: the oldest works with which something may be done now} */
    List<Work> ready() {
        return ready(batchSize);
    }

    private List<Work> ready(int limit) {
        return backlog.ready(admission::admits, limit);
    }

    /** The work's fate is durable. */
    void done(Work work) {
        backlog.done(work);
    }

    /** {@return whether everything that was read is done} */
    boolean isEmpty() {
        return backlog.isEmpty();
    }

    /** Commits what is done; what cannot be committed now is committed with what comes next. */
    void commit() {
        var committable = offsets.committable();
        if (!committable.isEmpty() && feed.commit(committable)) {
            offsets.committed(committable);
        }
    }

    /** {@return how many records are left to read, as far as is known without asking} */
    long lag() {
        return feed.lag();
    }

    /** {@return why it does not get on} */
    Optional<Stalled> problem() {
        return feed.problem();
    }

    /** Leaves the group; {@code silently} as a crash would. */
    void close(boolean silently) {
        feed.close(silently);
    }
}
