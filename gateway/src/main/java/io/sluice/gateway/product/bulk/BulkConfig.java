package io.sluice.gateway.product.bulk;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/**
 * Settings of bulk calls, under {@code sluice.bulk}.
 *
 * @param calls how many bulk calls may run at a time; each uses up to 14 MB of memory
 * @param patience how long a bulk call waits for its next item to arrive, and for its client to read any of the kept
 *     answers; then the call ends
 */
@ConfigurationProperties("sluice.bulk")
record BulkConfig(
        @Bindable(defaultValue = "4") @Min(1) int calls,
        @Bindable(defaultValue = "30s") Duration patience) {}
