package io.sluice.runtime.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps a storm of failures from becoming the load. Quick retries in place may be a tenth of the records that pass, and
 * one a second. When the budget is used up, a record that fails goes to its next retry topic without a quick retry.
 * All threads of a pipeline share it.
 */
final class RetryBudget {
    private static final double MOST = 100;
    private static final double FOR_A_RECORD = 0.1;
    private static final double FOR_A_SECOND = 1;

    private final Clock clock;
    private double left = MOST;
    private Instant filled;

    RetryBudget(Clock clock) {
        this.clock = clock;
        this.filled = clock.instant();
    }

    /** A record passed. */
    synchronized void passed() {
        add(FOR_A_RECORD);
    }

    /** {@return whether a record may be tried again at once; then the budget is less by one} */
    synchronized boolean take() {
        var now = clock.instant();
        var seconds = Math.max(0, Duration.between(filled, now).toMillis()) / 1_000.0;
        filled = now;
        add(seconds * FOR_A_SECOND);
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }

    private void add(double more) {
        left = Math.min(MOST, left + more);
    }
}
