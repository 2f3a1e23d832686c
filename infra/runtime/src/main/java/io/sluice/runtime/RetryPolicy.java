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
    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be 1 or more, is " + attempts);
        }
    }

    /** {@return 3 attempts, 200 ms apart and doubling; a dependency is looked at after 250 ms, then up to every 5 s} */
    public static RetryPolicy ofDefaults() {
        return new RetryPolicy(3, Duration.ofMillis(200), Duration.ofMillis(250), Duration.ofSeconds(5));
    }
}
