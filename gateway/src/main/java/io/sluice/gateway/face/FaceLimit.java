package io.sluice.gateway.face;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.sluice.gateway.limits.RateLimit;
import io.sluice.gateway.problem.GatewayProblem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * The limit for changes of faces, under {@code sluice.face-enrolments}.
 *
 * @param perMinute how many times one user may enroll or delete its face in a minute; each one is a call to the provider
 */
@ConfigurationProperties("sluice.face-enrolments")
record FaceLimit(
        @Bindable(defaultValue = "10") @Min(1) @Max(100_000) int perMinute) {
    /** {@return the limit for each caller} */
    RateLimit limit() {
        return new RateLimit(
                "face-enrolments",
                perMinute,
                GatewayProblem.RATE_LIMITED,
                "You changed your face " + perMinute + " times within a minute, which is the limit"
                        + " (SLUICE_FACE_ENROLMENTS_PER_MINUTE).");
    }
}
