package io.sluice.gateway.limits;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.sluice.gateway.problem.GatewayProblem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * The limit for uploads of photos, under {@code sluice.uploads}.
 *
 * @param perMinute how many uploads of photos one caller may send in a minute, each with up to 100 files
 */
@ConfigurationProperties("sluice.uploads")
public record UploadLimit(
        @Bindable(defaultValue = "100") @Min(1) @Max(100_000) int perMinute) {
    /** {@return the limit for each caller} */
    public RateLimit limit() {
        return new RateLimit(
                "uploads",
                perMinute,
                GatewayProblem.RATE_LIMITED,
                "You sent " + perMinute + " uploads within a minute, which is the limit (SLUICE_UPLOADS_PER_MINUTE).");
    }
}
