package io.sluice.gateway.product.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

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
        var left = due - System.nanoTime();
        if (left <= 0) {
            throw new TooSlowException(patience);
        }
        var reader = Thread.currentThread();
        var late = new CompletableFuture<Boolean>().completeOnTimeout(true, left, TimeUnit.NANOSECONDS);
        var alarm = late.thenAccept(isLate -> {
            if (isLate) {
                reader.interrupt();
            }
        });
        try {
            return in.read(block);
        } catch (IOException | RuntimeException e) {
            if (late.getNow(false)) {
                throw new TooSlowException(patience);
            }
            throw e;
        } finally {
            late.complete(false);
            alarm.join();
            if (late.join()) {
                // the alarm's interrupt must not affect the thread's next work
                var _ = Thread.interrupted();
            }
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
