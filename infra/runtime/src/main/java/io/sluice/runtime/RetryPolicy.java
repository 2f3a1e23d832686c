package io.sluice.runtime;

import java.time.Duration;

/**
 * How often a record is tried, and how long the waits are.
 *
 * @param attempts how often a record that fails for its own sake is tried before it goes to the dead letters
 * @param backoff wait before the second attempt; doubles with each further one, with jitter
 * @param dependencyBackoff first wait after a dependency's failure; doubles up to {@code maxDependencyBackoff}, with jitter
 * @param maxDependencyBackoff longest wait between two looks at a dependency that is down
 */
public record RetryPolicy(int attempts, Duration backoff, Duration dependencyBackoff, Duration maxDependencyBackoff) {
    private static final int MAX_DOUBLINGS = 20;
    private static final int SUSPENSION = 6;

    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be 1 or more, is " + attempts);
        }
    }

    /** {@return 3 attempts, 200 ms apart and doubling; a dependency is looked at after 250 ms, then up to every 5 s} */
    public static RetryPolicy ofDefaults() {
        return new RetryPolicy(3, Duration.ofMillis(200), Duration.ofMillis(250), Duration.ofSeconds(5));
    }

    /**
     * How long a record waits after it failed.
     *
     * @param failures how often it failed, from 1
     * @param random from 0 to 1
     */
    public Duration afterFailures(int failures, double random) {
        return jittered(doubled(backoff, failures - 1), random);
    }

    /**
     * How long to wait before the next look at a dependency that is down.
     *
     * @param looks how often it was found down, from 1
     * @param random from 0 to 1
     */
    public Duration afterLooks(int looks, double random) {
        return jittered(shorter(doubled(dependencyBackoff, looks - 1), maxDependencyBackoff), random);
    }

    /**
     * How long a pipeline rests whose records fail for a reason nobody knows: six times the longest wait for a dependency,
     * doubling up to sixty times.
     *
     * @param strikes how often in a row it came to that, from 1
     */
    public Duration suspension(int strikes) {
        var longest = maxDependencyBackoff.multipliedBy(10L * SUSPENSION);
        return shorter(doubled(maxDependencyBackoff.multipliedBy(SUSPENSION), strikes - 1), longest);
    }

    private static Duration doubled(Duration first, int times) {
        return first.multipliedBy(1L << Math.min(times, MAX_DOUBLINGS));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Half of it for certain, the other half by chance: never next to nothing, never all at once. */
    private static Duration jittered(Duration wait, double random) {
        var half = wait.dividedBy(2);
        return half.plusNanos((long) (half.toNanos() * random));
    }
}
