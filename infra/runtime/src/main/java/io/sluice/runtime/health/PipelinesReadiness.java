package io.sluice.runtime.health;

import static java.util.stream.Collectors.toMap;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.sluice.runtime.PipelineStatus;
import io.sluice.runtime.PipelineStatus.Dead;
import io.sluice.runtime.PipelineStatus.Paused;
import io.sluice.runtime.PipelineStatus.Running;
import io.sluice.runtime.PipelineStatus.Stalled;
import io.sluice.runtime.PipelineStatus.Suspended;
import io.sluice.runtime.run.RunningPipeline;
import io.sluice.runtime.run.RunningPipelines;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/**
 * A service is ready while every pipeline is well. A pipeline that waits for a dependency is well: it will go on by
 * itself, and the service can still do the work that does not need the dependency.
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
        var well = all.stream().allMatch(pipeline -> pipeline.status().isWell());
        var details = all.stream().collect(toMap(RunningPipeline::name, pipeline -> words(pipeline.status())));
        return Publishers.just(HealthResult.builder("pipelines", well ? HealthStatus.UP : HealthStatus.DOWN)
                .details(details)
                .build());
    }

    private static String words(PipelineStatus status) {
        return switch (status) {
            case Running() -> "running";
            case Paused(var code, var since) -> "paused by " + code + " since " + since;
            case Suspended(var code, var since) -> "suspended by " + code + " since " + since;
            case Stalled(var reason, var since) -> "stalled since " + since + ": " + reason;
            case Dead(var reason) -> "dead: " + reason;
        };
    }
}
