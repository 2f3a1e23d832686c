package io.sluice.web.body;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Reads from a stream that may block, with a deadline. */
public final class TimedRead {
    private TimedRead() {}

    /**
     * Reads as {@link InputStream#read(byte[], int, int)} does.
     *
     * @param nanos the longest time that the read may block
     * @throws TimedOutException when the time is over; this interrupts a read that blocks
     */
    public static int read(InputStream in, byte[] into, int offset, int length, long nanos) throws IOException {
        if (nanos <= 0) {
            throw new TimedOutException();
        }
        var reader = Thread.currentThread();
        var late = new CompletableFuture<Boolean>().completeOnTimeout(true, nanos, TimeUnit.NANOSECONDS);
        var alarm = late.thenAccept(isLate -> {
            if (isLate) {
                reader.interrupt();
            }
        });
        try {
            return in.read(into, offset, length);
        } catch (IOException | RuntimeException e) {
            if (late.getNow(false)) {
                throw new TimedOutException();
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

    /** Nothing arrived in time. */
    public static final class TimedOutException extends IOException {
        private TimedOutException() {
            super("nothing arrived in time");
        }
    }
}
