package io.sluice.stores.letters;

import java.time.Instant;
import java.util.List;

/**
 * A redrive of many letters.
 *
 * @param id the id of its job
 * @param filter which letters; its state is {@code OPEN}
 * @param rate letters a second
 * @param who the account that asked for it
 */
public record Redrive(String id, LetterFilter filter, int rate, String who, Instant requestedAt, Progress progress) {
    /**
     * How far a redrive is.
     *
     * @param matched how many letters matched when it was asked for
     * @param sent how many letters were sent back so far
     * @param skipped how many letters could not be sent back
     */
    public record Progress(long matched, long sent, long skipped) {}

    /**
     * What became of a batch of letters.
     *
     * @param sent the letters that were sent back
     * @param gone the letters whose topic no longer has the record
     */
    public record Batch(List<Letter> sent, List<Letter> gone) {
        public Batch {
            sent = List.copyOf(sent);
            gone = List.copyOf(gone);
        }
    }

    /** What a step of a redrive came to. */
    public sealed interface Step {
        /** One more batch is sent; more may be left. */
        record Went(Redrive redrive) implements Step {}

        /** Nothing was left to send; the redrive has ended. */
        record Finished(Redrive redrive) implements Step {}

        /** Another process works on the redrive, or it was canceled. */
        record Lost() implements Step {}
    }
}
