package io.sluice.gateway.product.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** How long one item may take to come in, from the moment it is asked for. For one thread, the reading one. */
final class ItemDeadline {
    private final Duration patience;
    private long due;

    ItemDeadline(Duration patience) {
        this.patience = patience;
        begin();
    }

    /** An item is asked for. */
    void begin() {
        due = System.nanoTime() + patience.toNanos();
    }

    /**
     * Reads as {@link InputStream#read(byte[])} does.
     *
     * @throws TooSlowException when the item is late; a read under way is interrupted then
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
                // the alarm's own interruption must not reach what the thread does next
                var _ = Thread.interrupted();
            }
        }
    }

    /** No whole item came in time. */
    static final class TooSlowException extends IOException {
        private final String reason;

        private TooSlowException(Duration patience) {
            this("no whole item came within " + patience.toSeconds() + " s");
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
