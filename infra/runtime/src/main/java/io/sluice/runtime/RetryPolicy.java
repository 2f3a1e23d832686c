package io.sluice.runtime;

import java.time.Duration;

/**
 * How often the runtime tries a record, and how long it waits between attempts.
 *
 * @param attempts how often a record is tried before it goes to the dead letters; failures of a dependency do not count
 * @param backoff wait before the second attempt; doubles with each further one, with jitter
 * @param dependencyBackoff first wait after a dependency's failure; doubles up to {@code maxDependencyBackoff}, with
 *     jitter
 * @param maxDependencyBackoff longest wait between two probes of a dependency that is down
 */
public record RetryPolicy(int attempts, Duration backoff, Duration dependencyBackoff, Duration maxDependencyBackoff) {
    private static final int MAX_DOUBLINGS = 20;
    private static final int SUSPENSION = 6;

    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be 1 or more, is " + attempts);
        }
    }

    /**
     * {@return 3 attempts, 200 ms apart and doubling; the first probe of a dependency comes after 250 ms, later ones up
     * to 5 s apart}
     */
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
     * How long to wait before the next probe of a dependency that is down.
     *
     * @param probes how often it was found down, from 1
     * @param random from 0 to 1
     */
    public Duration afterProbes(int probes, double random) {
        return jittered(shorter(doubled(dependencyBackoff, probes - 1), maxDependencyBackoff), random);
    }

    /**
     * How long a pipeline rests after most of its records failed for an unknown reason. The first rest is six times the
     * longest wait for a dependency. Each further rest is twice as long, up to sixty times the longest wait.
     *
     * @param strikes how many rests there were in a row, with this one, from 1
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

    /**
     * Waits half the time plus a random part of the other half. So no wait is close to zero, and not all waits end
     * together.
     */
    private static Duration jittered(Duration wait, double random) {
        var half = wait.dividedBy(2);
        return half.plusNanos((long) (half.toNanos() * random));
    }
}
