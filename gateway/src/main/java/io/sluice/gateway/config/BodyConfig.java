package io.sluice.gateway.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.sluice.web.body.BodyPace;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/**
 * How fast request bodies must arrive, under {@code sluice.http.body}. A body that is slower is refused with 408. Only
 * the time counts in which the gateway waits for its bytes.
 *
 * @param timeout how long a whole body may take; the file of an import has a time of its own
 * @param grace how long a body may take before the least rate applies
 * @param leastRate bytes that must arrive in each second after the grace
 */
@ConfigurationProperties("sluice.http.body")
public record BodyConfig(
        @Bindable(defaultValue = "15m") Duration timeout,
        @Bindable(defaultValue = "30s") Duration grace,
        @Bindable(defaultValue = "1000") @Min(1) long leastRate) {
    /** {@return the pace of all bodies} */
    public BodyPace pace() {
        return new BodyPace(timeout, "SLUICE_HTTP_BODY_TIMEOUT", grace, leastRate);
    }
}
