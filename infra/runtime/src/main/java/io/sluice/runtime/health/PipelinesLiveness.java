package io.sluice.runtime.health;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Liveness;
import io.sluice.runtime.PipelineStatus.Dead;
import io.sluice.runtime.run.RunningPipelines;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/**
 * A service is alive while none of its pipeline threads has died. An outage of a dependency does not count, because a
 * restart does not end an outage.
 */
@Liveness
@Singleton
final class PipelinesLiveness implements HealthIndicator {
    private final RunningPipelines pipelines;

    PipelinesLiveness(RunningPipelines pipelines) {
        this.pipelines = pipelines;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        var dead = pipelines.all().stream().anyMatch(pipeline -> pipeline.status() instanceof Dead);
        return Publishers.just(HealthResult.builder("pipeline-threads", dead ? HealthStatus.DOWN : HealthStatus.UP)
                .build());
    }
}
