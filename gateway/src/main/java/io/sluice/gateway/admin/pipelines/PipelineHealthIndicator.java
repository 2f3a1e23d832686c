package io.sluice.gateway.admin.pipelines;

import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.sluice.runtime.health.PipelineHealth;
import io.sluice.schemas.pipeline.PipelineState;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Shows the pipelines of all services in the gateway's health. When one is suspended or stalled, the gateway is
 * {@code DEGRADED}. It stays ready, because it takes requests.
 */
@Singleton
final class PipelineHealthIndicator implements HealthIndicator {
    /** Kubernetes waits one second for the answer of a probe, by default. */
    private static final Duration ANSWER = Duration.ofMillis(800);

    private static final Set<String> NOT_WELL =
            Set.of(PipelineState.SUSPENDED.wireName(), PipelineState.STALLED.wireName());

    private final PipelineLookup pipelines;

    PipelineHealthIndicator(PipelineLookup pipelines) {
        this.pipelines = pipelines;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return Mono.fromCallable(() -> result(pipelines.views(pipelines.known().values(), Optional.empty())))
                .subscribeOn(Schedulers.boundedElastic())
                .timeout(ANSWER)
                .onErrorResume(thrown -> Mono.just(result(HealthStatus.UP, Map.of("error", "not known now"))));
    }

    private static HealthResult result(List<PipelineView> all) {
        var details = new LinkedHashMap<String, String>();
        all.forEach(pipeline -> details.put(pipeline.name(), words(pipeline)));
        var isWell = all.stream().noneMatch(pipeline -> NOT_WELL.contains(pipeline.status()));
        return result(isWell ? HealthStatus.UP : PipelineHealth.DEGRADED, details);
    }

    private static HealthResult result(HealthStatus status, Map<String, String> details) {
        return HealthResult.builder("pipelines", status).details(details).build();
    }

    private static String words(PipelineView pipeline) {
        return pipeline.status()
                + (pipeline.by() == null ? "" : " by " + pipeline.by())
                + (pipeline.since() == null ? "" : " since " + pipeline.since())
                + (pipeline.reason() == null ? "" : ": " + pipeline.reason());
    }
}
