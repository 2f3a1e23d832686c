package io.sluice.gateway.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/**
 * Settings of the gateway, under {@code sluice.http}.
 *
 * @param port where it listens
 * @param syncWait how long the synchronous call waits for its job before it answers 202; clients of old give up at 60 s
 * @param maxWait longest wait a caller can ask for with {@code Prefer: wait}
 * @param acceptTimeout how long Kafka may take for one event before the caller is told 503
 * @param uploadMemory bytes that request bodies being read may take together, imports at most half of them
 * @param uploadPatience how long an upload waits for its share of that memory before the caller is told 503
 * @param jobsKept how many finished jobs, and how many open ones, are kept in memory (900 bytes each); the others are looked up on the disk
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
