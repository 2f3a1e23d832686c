package io.sluice.gateway.product.bulk;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/**
 * Bulk calls, under {@code sluice.bulk}.
 *
 * @param calls how many bulk calls are under way at a time; each holds up to 14 MB
 * @param patience how long a bulk call waits for its next item to come in, and for its caller to take any of the answers
 *     that are kept; then it ends
 */
@ConfigurationProperties("sluice.bulk")
record BulkConfig(
        @Bindable(defaultValue = "4") @Min(1) int calls,
        @Bindable(defaultValue = "30s") Duration patience) {}
