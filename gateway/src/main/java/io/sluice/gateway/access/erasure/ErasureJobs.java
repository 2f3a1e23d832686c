package io.sluice.gateway.access.erasure;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.gateway.intake.Intake;
import io.sluice.stores.accounts.Erasure;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** The jobs of the erasures that this gateway works on, each with what this gateway has published of it. */
@Singleton
final class ErasureJobs {
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final Intake intake;
    private final Clock clock;
    private final Cache<String, ErasureJob> jobs =
            Caffeine.newBuilder().expireAfterAccess(FORGOTTEN).build();

    ErasureJobs(Intake intake, Clock clock) {
        this.intake = intake;
        this.clock = clock;
    }

    ErasureJob of(Erasure erasure) {
        return jobs.get(erasure.jobId(), _ -> new ErasureJob(erasure, intake, clock));
    }
}
