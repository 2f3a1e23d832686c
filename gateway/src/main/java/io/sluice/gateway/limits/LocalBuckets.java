package io.sluice.gateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.micronaut.context.annotation.Bean;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Buckets in the memory of this gateway. */
@Singleton
@Bean(typed = LocalBuckets.class)
final class LocalBuckets implements Buckets {
    /** About 20 MB. When more callers come, the gateway forgets those that it has not seen for the longest time. */
    private static final int MOST = 10_000;

    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(OverlappingMinutes.MINUTE)
            .build();
    private final ClockMeter meter;

    LocalBuckets(Clock clock) {
        this.meter = new ClockMeter(clock);
    }

    @Override
    public Attempt take(Counter counter) {
        return new Attempt(counter, bucket(counter).tryConsumeAndReturnRemaining(1), this);
    }

    @Override
    public void giveBack(Counter counter) {
        bucket(counter).addTokens(1);
    }

    private Bucket bucket(Counter counter) {
        return buckets.get(counter.bucket(), _ -> {
            var bucket = Bucket.builder().withCustomTimePrecision(meter);
            for (var bandwidth : OverlappingMinutes.of(counter.limit()).getBandwidths()) {
                bucket.addLimit(bandwidth);
            }
            return bucket.build();
        });
    }
}
