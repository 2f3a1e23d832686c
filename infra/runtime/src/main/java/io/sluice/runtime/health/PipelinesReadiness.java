package io.sluice.runtime.health;

import static java.util.stream.Collectors.toMap;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.sluice.runtime.PipelineStatus;
import io.sluice.runtime.PipelineStatus.Dead;
import io.sluice.runtime.run.RunningPipeline;
import io.sluice.runtime.run.RunningPipelines;
import jakarta.inject.Singleton;
import java.util.List;
import org.reactivestreams.Publisher;

/**
 * Shows the pipelines of a service that has some. A service is ready while it can take requests, whatever its pipelines rest for: a
 * pipeline that is suspended or stalled makes the service {@code DEGRADED}, not {@code DOWN}. Taking such a service out
 * would end no suspension, and would stop the work that needs no pipeline. A dead pipeline needs a restart: then the
 * service is {@code DOWN}.
 */
@Singleton
final class PipelinesReadiness implements HealthIndicator {
    private final RunningPipelines pipelines;

    PipelinesReadiness(RunningPipelines pipelines) {
        this.pipelines = pipelines;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        var all = pipelines.all();
        if (all.isEmpty()) {
            return Publishers.empty();
        }
        var details = all.stream()
                .collect(toMap(
                        RunningPipeline::name, pipeline -> pipeline.status().words()));
        return Publishers.just(HealthResult.builder(
                        "pipelines",
                        status(all.stream().map(RunningPipeline::status).toList()))
                .details(details)
                .build());
    }

    private static HealthStatus status(List<PipelineStatus> all) {
        if (all.stream().anyMatch(Dead.class::isInstance)) {
            return HealthStatus.DOWN;
        }
        return all.stream().allMatch(PipelineStatus::isWell) ? HealthStatus.UP : PipelineHealth.DEGRADED;
    }
}
