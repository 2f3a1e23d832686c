package io.sluice.gateway.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/**
 * Settings of the gateway, under {@code sluice.http}.
 *
 * @param port port that the gateway listens on
 * @param syncWait how long an index-product call waits for its job before it answers 202; clients of the former API
 *     give up after 60 s
 * @param maxWait longest wait that a caller can ask for with {@code Prefer: wait}
 * @param acceptTimeout how long Kafka may take to store one event before the caller gets a 503
 * @param uploadMemory bytes of memory for all request bodies, taken as their bytes arrive; imports and photos use at
 *     most half of them
 * @param uploadPatience how long an upload waits for its share of that memory, and a bulk call for its turn, before the
 *     caller gets a 503
 * @param jobsKept how many finished jobs, and how many open ones, are kept in memory (900 bytes each); the others are
 *     read from disk
 */
@ConfigurationProperties("sluice.http")
public record GatewayConfig(
        @Bindable(defaultValue = "8080") @Min(0) @Max(65_535) int port,

        @Bindable(defaultValue = "45s") Duration syncWait,
        @Bindable(defaultValue = "60s") Duration maxWait,
        @Bindable(defaultValue = "5s") Duration acceptTimeout,

        @Bindable(defaultValue = "134217728") @Min(33_554_432) long uploadMemory,

        @Bindable(defaultValue = "10s") Duration uploadPatience,
        @Bindable(defaultValue = "50000") @Min(1_000) int jobsKept) {}
