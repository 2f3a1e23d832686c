package io.sluice.gateway.admin.pipelines;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.sluice.gateway.background.RepeatedTask;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps the metric of records in retry topics up to date. The brokers know the number, so every gateway shows the same,
 * also of a pipeline that does not run.
 */
@Singleton
final class WaitingRetries implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final PipelineLookup pipelines;
    private final MultiGauge waiting;
    private final RepeatedTask task = new RepeatedTask("waiting-retries", INTERVAL, this::look);

    WaitingRetries(PipelineLookup pipelines, MeterRegistry meters) {
        this.pipelines = pipelines;
        this.waiting = MultiGauge.builder("sluice.pipeline.retries.waiting")
                .description("records in the retry topics of a pipeline")
                .register(meters);
    }

    /** Begins, without waiting for Kafka. */
    void begin() {
        task.begin();
    }

    private boolean look() {
        waiting.register(
                pipelines.views(pipelines.known().values(), Optional.empty()).stream()
                        .map(view -> MultiGauge.Row.of(Tags.of("pipeline", view.name()), view.retrying()))
                        .toList(),
                true);
        return true;
    }

    @Override
    @PreDestroy
    public void close() {
        task.close();
    }
}
