package io.sluice.gateway.photo.upload;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * The queue of photos that wait to be prepared, under {@code photo.queue}.
 *
 * @param maxSize how many photos may wait; uploads beyond it are refused with 429 until some are prepared
 */
@ConfigurationProperties("photo.queue")
record PhotoQueueConfig(
        @Bindable(defaultValue = "1000") @Min(1) @Max(10_000_000) int maxSize) {}
