package io.sluice.embedder;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Liveness;
import io.sluice.embedder.compute.CpuPool;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/**
 * Alive while fewer threads are stuck in native code than the pool is to have. They hold cores and memory that only the
 * end of the process gives back, and what they were stuck in has been given up: a restart does not meet it again.
 */
@Liveness
@Singleton
final class DecoderLiveness implements HealthIndicator {
    private final CpuPool pool;

    DecoderLiveness(CpuPool pool) {
        this.pool = pool;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return Publishers.just(HealthResult.builder("decoder-threads", status()).build());
    }

    HealthStatus status() {
        return pool.stuck() < pool.size() ? HealthStatus.UP : HealthStatus.DOWN;
    }
}
