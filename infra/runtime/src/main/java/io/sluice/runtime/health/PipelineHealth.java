package io.sluice.runtime.health;

import io.micronaut.health.HealthStatus;

/** The health of what is not well, but takes requests. */
public final class PipelineHealth {
    /** A status between {@code UP} and {@code DOWN}. Its HTTP status is 200. */
    public static final HealthStatus DEGRADED =
            new HealthStatus("DEGRADED", "A pipeline is suspended or makes no progress", null, null);

    private PipelineHealth() {}
}
