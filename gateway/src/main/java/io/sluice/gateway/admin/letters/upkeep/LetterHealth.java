package io.sluice.gateway.admin.letters.upkeep;

import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Shows how many open letters expire soon. The gateway is healthy all the same. */
@Singleton
final class LetterHealth implements HealthIndicator {
    private final LetterExpiry expiry;

    LetterHealth(LetterExpiry expiry) {
        this.expiry = expiry;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return Mono.fromSupplier(() -> HealthResult.builder("dead-letters", HealthStatus.UP)
                .details(Map.of("expiring_within_3_days", expiry.expiringSoon()))
                .build());
    }
}
