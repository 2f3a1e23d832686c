package io.sluice.runtime;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits by polling, for events that no callback announces. */
public final class Waiting {
    private Waiting() {}

    /**
     * Waits until a condition holds.
     *
     * @param interval from one check to the next
     * @param timeout how long to wait at most
     * @return whether the condition held at the last check
     */
    public static boolean until(BooleanSupplier condition, Duration interval, Duration timeout)
            throws InterruptedException {
        var deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            var left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            Thread.sleep(Duration.ofNanos(Math.min(left, interval.toNanos())));
        }
        return true;
    }
}
