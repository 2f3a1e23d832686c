package io.sluice.gateway.limits;

import io.github.bucket4j.ConsumptionProbe;
import io.sluice.web.problem.ProblemException;
import java.time.Duration;

/**
 * The result of taking one from a counter.
 *
 * @param from the buckets that have the counter's token, when it was taken
 */
record Attempt(Counter counter, ConsumptionProbe probe, Buckets from) {
    boolean isTaken() {
        return probe.isConsumed();
    }

    void giveBack() {
        from.giveBack(counter);
    }

    /** {@return how far the caller is from the limit} */
    Standing standing() {
        return new Standing(counter.limit(), probe.getRemainingTokens(), seconds());
    }

    /** {@return how far the caller is from the limit when it has nothing from this counter} */
    Standing standingWithoutIt() {
        var remaining = probe.getRemainingTokens() + (isTaken() ? 1 : 0);
        return new Standing(counter.limit(), remaining, seconds());
    }

    /** {@return the exception for a caller whose wait for this counter is the longest} */
    ProblemException refusal() {
        return ProblemException.comeBack(
                Duration.ofSeconds(seconds()),
                counter.limit().refusal(),
                counter.limit().detail());
    }

    /** {@return whole seconds, rounded up, because a caller that comes too early is refused again} */
    long seconds() {
        var nanos = isTaken() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill();
        return Math.ceilDiv(nanos, Duration.ofSeconds(1).toNanos());
    }
}
