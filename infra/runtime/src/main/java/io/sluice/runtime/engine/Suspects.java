package io.sluice.runtime.engine;

import io.sluice.runtime.engine.CommitNote.InFlight;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * The records of one partition that were, or may have been, in flight when a process ended without saying so. Each of
 * them is handled alone, so that a further end shows whether it is to blame.
 */
final class Suspects {
    /** In how many unclean ends a record is in flight alone before it is taken to be the cause. */
    static final int ENDS = 2;

    private final TreeSet<Long> open = new TreeSet<>();
    private final Map<Long, Integer> ends = new HashMap<>();
    private long unread;
    private long until;

    /**
     * Continues from what an earlier consumer noted.
     *
     * @param crashed whether the consumer's process ended without marking a clean end
     * @param end the end of the partition now; no record from here on can have been in flight
     */
    void restore(CommitNote note, boolean crashed, long end) {
        ends.putAll(note.ends());
        if (crashed && note.alone() != null && ends.getOrDefault(note.alone(), 1) > 0) {
            ends.merge(note.alone(), 1, Integer::sum);
        }
        if (crashed || note.running() == null) {
            unread = note.inFlight().count();
            until = Math.min(note.inFlight().until(), end);
        }
    }

    /** A record was read that is not done. */
    void opened(long offset) {
        if (unread > 0 && offset < until && open.add(offset)) {
            unread--;
        }
    }

    /** All records below this offset were read. */
    void readUpTo(long next) {
        if (next >= until) {
            unread = 0;
        }
    }

    void done(long offset) {
        open.remove(offset);
        ends.remove(offset);
    }

    /** The record did part of its work, so it is not what ends the process at once. */
    void madeProgress(long offset) {
        ends.put(offset, 0);
    }

    /** {@return whether the record, which was read and is not done, is one of them} */
    boolean contains(long offset) {
        return open.contains(offset);
    }

    boolean isEmpty() {
        return unread == 0 && open.isEmpty();
    }

    /** {@return whether the record was alone in flight in so many unclean ends that it must be the cause} */
    boolean isConvicted(long offset) {
        return ends.getOrDefault(offset, 0) >= ENDS;
    }

    /** {@return those that are not done yet} */
    InFlight left() {
        return isEmpty() ? InFlight.NONE : new InFlight(unread + open.size(), until);
    }

    Map<Long, Integer> ends() {
        return ends;
    }
}
