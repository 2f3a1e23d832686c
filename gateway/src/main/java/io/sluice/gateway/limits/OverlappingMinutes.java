package io.sluice.gateway.limits;

import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;
import java.time.Instant;

/**
 * Makes the buckets of a limit. One bandwidth would admit up to twice the limit within a minute: all of it at the end of
 * a refill period, and all of it again at the beginning of the next one. So a bucket has one bandwidth for each minute
 * that begins at a multiple of five seconds. Each is full again when its minute ends, and a token is taken from all of
 * them. Therefore a bucket never admits more than the limit within 55 seconds, nor within a minute that begins at a
 * multiple of five seconds, and a token is back after 55 to 60 seconds.
 */
final class OverlappingMinutes {
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Duration STEP = Duration.ofSeconds(5);

    private OverlappingMinutes() {}

    static BucketConfiguration of(RateLimit limit) {
        var configuration = BucketConfiguration.builder();
        for (var start = Duration.ZERO; start.compareTo(MINUTE) < 0; start = start.plus(STEP)) {
            var firstRefill = Instant.EPOCH.plus(start);
            configuration.addLimit(bandwidth -> bandwidth
                    .capacity(limit.perMinute())
                    .refillIntervallyAligned(limit.perMinute(), MINUTE, firstRefill));
        }
        return configuration.build();
    }
}
