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
 * Reports DOWN when as many threads are stuck in native code as the pool should have. Only a restart of the process
 * frees the cores and the memory of stuck threads. The restart helps, because the images that they were stuck in have
 * already failed.
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
