package io.sluice.stores.letters;

import java.time.Instant;

/**
 * A letter: one record that one consumer group gave up.
 *
 * @param number grows with each new letter; it stays when the record is sent back and fails again
 * @param record the newest record of the letter in its dead-letter topic
 * @param redrives how often it was sent back
 */
public record Letter(long number, FailedRecord record, int redrives, LetterState state) {
    /** A letter that was sent back this often is sent back again only on its own, and only by force. */
    public static final int OFTEN = 3;

    /** {@return where its newest record is} */
    public LetterId id() {
        return record.id();
    }

    /**
     * One line of the history of a letter.
     *
     * @param who an account, or the pipeline
     * @param what such as {@code failed} or {@code redriven}
     * @param detail may be empty
     */
    public record Line(Instant at, String who, String what, String detail) {}
}
