package io.sluice.runtime.engine;

import io.sluice.runtime.engine.CommitNote.InFlight;
import io.sluice.runtime.engine.CommitNote.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/** What one partition may commit, what is in flight on it, and what its last commit says. */
final class PartitionOffsets {
    private final TreeSet<Long> open = new TreeSet<>();
    private final Suspects suspects = new Suspects();
    private List<Span> doneBefore = List.of();
    private long next = -1;
    private @Nullable String running;
    private InFlight inFlight = InFlight.NONE;
    private @Nullable Long alone;
    private long committed = -1;
    private CommitNote committedNote = CommitNote.EMPTY;

    /** Continues from the last commit. */
    void restore(OffsetAndMetadata commit, String process, long end) {
        committed = commit.offset();
        committedNote = CommitNote.parse(commit.metadata(), committed);
        doneBefore = committedNote.done();
        var earlier = committedNote.running();
        suspects.restore(committedNote, earlier != null && !earlier.equals(process), end);
        readUpTo(committed);
    }

    boolean isDone(long offset) {
        return doneBefore.stream().anyMatch(span -> span.contains(offset));
    }

    void opened(long offset) {
        open.add(offset);
        suspects.opened(offset);
    }

    void readUpTo(long offset) {
        next = offset;
        suspects.readUpTo(offset);
    }

    void done(long offset) {
        open.remove(offset);
        suspects.done(offset);
    }

    Suspects suspects() {
        return suspects;
    }

    /** From now on, records up to this one are in flight. */
    void begin(String process, long last) {
        running = process;
        alone = null;
        inFlight = suspects.left().and(new InFlight(open.headSet(last, true).size(), last + 1));
    }

    /** From now on, this record is the only one in flight in the whole process. */
    void beginAlone(String process, long offset) {
        begin(process, offset);
        alone = offset;
    }

    /** Nothing is in flight now, and at most so many records will be before the next commit. */
    void idle(long soon) {
        alone = null;
        inFlight = suspects.left().and(InFlight.atMost(running == null ? 0 : soon));
    }

    /** Nothing is in flight, and this consumer handles no more records of the partition. */
    void clean() {
        running = null;
        idle(0);
    }

    /** {@return whether the last commit says what is in flight now} */
    boolean isNoted() {
        var note = note();
        return !hasProgress()
                && Objects.equals(note.running(), committedNote.running())
                && Objects.equals(note.alone(), committedNote.alone())
                && committedNote.inFlight().covers(note.inFlight());
    }

    /** {@return whether more is done than the last commit says; true also when there is no commit yet} */
    boolean hasProgress() {
        return isAhead() || (isLevel() && !done().equals(committedNote.done()));
    }

    /** {@return whether a commit would say anything new} */
    boolean isChanged() {
        return isAhead() || (isLevel() && !note().equals(committedNote));
    }

    private boolean isAhead() {
        return next >= 0 && offset() > committed;
    }

    private boolean isLevel() {
        return next >= 0 && offset() == committed;
    }

    OffsetAndMetadata commit() {
        return new OffsetAndMetadata(offset(), note().text(offset()));
    }

    /** Everything up to now is committed. */
    void committed() {
        committed = offset();
        committedNote = note();
    }

    private long offset() {
        return open.isEmpty() ? next : open.first();
    }

    private CommitNote note() {
        return new CommitNote(running, inFlight, alone, suspects.ends(), done());
    }

    /** {@return what is done between the open offsets, and above all that was read} */
    private List<Span> done() {
        if (open.isEmpty() && doneBefore.isEmpty()) {
            return List.of();
        }
        var done = new ArrayList<Span>();
        var from = offset();
        for (long offset : open) {
            add(done, from, offset - 1);
            from = offset + 1;
        }
        add(done, from, next - 1);
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
