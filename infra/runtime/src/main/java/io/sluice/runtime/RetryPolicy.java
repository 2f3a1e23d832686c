package io.sluice.runtime;

import io.sluice.schemas.Topics;
import java.time.Duration;
import java.util.List;

/**
 * How often the runtime tries a record, and how long it waits between attempts. First it tries the record in place:
 * later records of its key wait. Then the record waits in a retry topic for each tier, and is tried once after each
 * wait: later records of its key pass it. Failures of a dependency do not count.
 *
 * @param attempts how often a record is tried in place
 * @param backoff wait before the second attempt in place; doubles with each further one, with jitter
 * @param dependencyBackoff first wait after a dependency's failure; doubles up to {@code maxDependencyBackoff}, with
 *     jitter
 * @param maxDependencyBackoff longest wait between two probes of a dependency that is down
 * @param tiers the waits of a record that has failed in place, in order; without any, it goes to the dead letters
 */
public record RetryPolicy(
        int attempts, Duration backoff, Duration dependencyBackoff, Duration maxDependencyBackoff, List<Tier> tiers) {
    private static final int MAX_DOUBLINGS = 20;
    private static final int FIRST_PAUSE = 5;
    private static final int LAST_PAUSE = 60;

    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be 1 or more, is " + attempts);
        }
        tiers = List.copyOf(tiers);
    }

    /** A policy that tries records in place only. */
    public RetryPolicy(int attempts, Duration backoff, Duration dependencyBackoff, Duration maxDependencyBackoff) {
        this(attempts, backoff, dependencyBackoff, maxDependencyBackoff, List.of());
    }

    /**
     * A wait in a retry topic.
     *
     * @param name the end of the topic's name, such as {@code retry-2m}
     * @param delay how long a record waits, with up to a tenth more
     */
    public record Tier(String name, Duration delay) {
        /** {@return how long one record waits; {@code random} is from 0 to 1} */
        public Duration delay(double random) {
            return delay.plusNanos((long) (delay.toNanos() * random / 10));
        }
    }

    /**
     * {@return a policy for records that others of their key may pass: a second attempt 200 ms later, then one after 10
     * s, 2 min and 15 min. The first probe of a dependency comes after 250 ms, later ones up to 5 s apart}
     */
    public static RetryPolicy ofDefaults() {
        return new RetryPolicy(
                2,
                Duration.ofMillis(200),
                Duration.ofMillis(250),
                Duration.ofSeconds(5),
                List.of(
                        new Tier(Topics.FIRST_RETRY, Duration.ofSeconds(10)),
                        new Tier("retry-2m", Duration.ofMinutes(2)),
                        new Tier("retry-15m", Duration.ofMinutes(15))));
    }

    /**
     * {@return a policy for records whose order counts: 3 attempts in place, 5 s and 10 s apart; dependencies are probed
     * as in {@link #ofDefaults}}
     */
    public static RetryPolicy inPlace() {
        return new RetryPolicy(3, Duration.ofSeconds(5), Duration.ofMillis(250), Duration.ofSeconds(5));
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
     * How long a pipeline waits before it gives up the next record, when most fail for an unknown reason. The first
     * pause is a fifth of the longest wait for a dependency. Each further one is twice as long, up to sixty times that
     * wait: from 1 s to 5 min by default.
     *
     * @param pauses how many pauses there were in a row, with this one, from 1
     */
    public Duration pauseBetweenUnknown(int pauses) {
        return shorter(
                doubled(maxDependencyBackoff.dividedBy(FIRST_PAUSE), pauses - 1),
                maxDependencyBackoff.multipliedBy(LAST_PAUSE));
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
