package io.sluice.gateway.imports.upload;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/**
 * How many imports are let in, under {@code sluice.import.uploads}.
 *
 * @param perMinute how many imports one caller may begin within a minute; those refused do not count, nor do rows calls
 * @param atOnce how many imports and rows calls may be open at a time, whoever sent them
 * @param patience how long one upload may take to come in
 */
@ConfigurationProperties("sluice.import.uploads")
record UploadLimitsConfig(
        @Bindable(defaultValue = "10") @Min(1) @Max(100_000) int perMinute,
        @Bindable(defaultValue = "10") @Min(1) @Max(1_000) int atOnce,
        @Bindable(defaultValue = "5m") Duration patience) {}
