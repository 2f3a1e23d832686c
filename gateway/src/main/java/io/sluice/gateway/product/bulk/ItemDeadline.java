package io.sluice.gateway.product.bulk;

import io.sluice.web.body.TimedRead;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Limits the time that one item may take to arrive, from the moment when the reader asks for it. For the reading
 * thread.
 */
final class ItemDeadline {
    private final Duration patience;
    private long due;

    ItemDeadline(Duration patience) {
        this.patience = patience;
        begin();
    }

    /** Starts the time of the next item. */
    void begin() {
        due = System.nanoTime() + patience.toNanos();
    }

    /**
     * Reads as {@link InputStream#read(byte[])} does.
     *
     * @throws TooSlowException when the time is over; this interrupts a read that blocks
     */
    int read(InputStream in, byte[] block) throws IOException {
        try {
            return TimedRead.read(in, block, 0, block.length, due - System.nanoTime());
        } catch (TimedRead.TimedOutException e) {
            throw new TooSlowException(patience);
        }
    }

    /** No complete item arrived in time. */
    static final class TooSlowException extends IOException {
        private final String reason;

        private TooSlowException(Duration patience) {
            this("no complete item arrived within " + patience.toSeconds() + " s");
        }

        private TooSlowException(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }
}
