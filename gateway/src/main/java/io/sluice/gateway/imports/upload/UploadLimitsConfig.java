package io.sluice.gateway.imports.upload;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.sluice.gateway.imports.ImportProblem;
import io.sluice.gateway.limits.RateLimit;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/**
 * Limits for imports that callers send, under {@code sluice.import.uploads}. {@code UploadLimiter} applies them. How
 * large a file may be is in {@code ImportConfig}, because the importer applies it too; here {@code LimitedBodyReader}
 * does.
 *
 * @param perMinute how many imports one caller may send in a minute; refused ones do not count, and rows sent as JSON
 *     do not either
 * @param atOnce how many imports of all callers may be open at once, imports of rows sent as JSON included
 * @param patience how long one upload may take to arrive; only the time counts in which the gateway waits for its bytes
 */
@ConfigurationProperties("sluice.import.uploads")
record UploadLimitsConfig(
        @Bindable(defaultValue = "10") @Min(1) @Max(100_000) int perMinute,
        @Bindable(defaultValue = "10") @Min(1) @Max(1_000) int atOnce,
        @Bindable(defaultValue = "15m") Duration patience) {
    /** {@return the limit on imports per minute, for each caller} */
    RateLimit limitPerMinute() {
        return new RateLimit(
                "imports",
                perMinute,
                ImportProblem.TOO_MANY_IMPORTS_A_MINUTE,
                "You sent " + perMinute + " imports within a minute, which is the limit"
                        + " (SLUICE_IMPORT_UPLOADS_PER_MINUTE).");
    }
}
