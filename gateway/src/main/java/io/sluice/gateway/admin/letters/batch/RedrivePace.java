package io.sluice.gateway.admin.letters.batch;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Spreads letters evenly over time: ten batches a second, or one letter at a time when the rate is lower. A redrive that
 * was held up does not make up for the lost time.
 */
final class RedrivePace {
    private static final int BATCHES_A_SECOND = 10;
    private static final int LARGEST_BATCH = 500;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final int rate;
    private final LongSupplier nanos;
    private long begin;
    private long sent;

    RedrivePace(int rate, LongSupplier nanos) {
        this.rate = rate;
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
    }

    /** {@return how many letters to send at once} */
    int batch() {
        return Math.clamp(rate / BATCHES_A_SECOND, 1, LARGEST_BATCH);
    }

    /** {@return how long to wait until the next batch} */
    Duration untilNext() {
        var due = begin + (long) ((double) sent / rate * SECOND);
        var wait = due - nanos.getAsLong();
        if (wait < -SECOND) {
            begin -= wait;
        }
        return Duration.ofNanos(Math.max(0, wait));
    }

    /** Notes that this many letters are sent. */
    void sent(int letters) {
        sent += letters;
    }
}
