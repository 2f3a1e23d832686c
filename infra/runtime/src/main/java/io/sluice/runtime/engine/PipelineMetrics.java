package io.sluice.runtime.engine;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.sluice.runtime.PipelineStatus.Running;
import io.sluice.schemas.pipeline.PipelineState;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** The metrics of one pipeline. Their names and tags are public API. */
final class PipelineMetrics {
    private final MeterRegistry registry;
    private final Tags tags;
    private final Timer duration;
    private final DistributionSummary size;
    private final LongAdder finished = new LongAdder();

    PipelineMetrics(MeterRegistry registry, String pipeline) {
        this.registry = registry;
        this.tags = Tags.of("pipeline", pipeline);
        this.duration = Timer.builder("sluice.pipeline.batch.duration")
                .description("One batch, from the handler's start to the last ack")
                .tags(tags)
                .publishPercentileHistogram()
                .register(registry);
        this.size = DistributionSummary.builder("sluice.pipeline.batch.size")
                .description("Records in a batch")
                .tags(tags)
                .register(registry);
    }

    /** Registers gauges of a running pipeline's state. */
    void watch(PipelineThreads threads) {
        registry.gauge("sluice.pipeline.paused", tags, threads, t -> t.status() instanceof Running ? 0 : 1);
        registry.gauge("sluice.pipeline.lag", tags, threads, PipelineThreads::lag);
        for (var state : PipelineState.values()) {
            Gauge.builder("sluice.pipeline.state", threads, t -> t.status().state() == state ? 1 : 0)
                    .description("1 for the state that the pipeline is in, 0 for the others")
                    .tags(tags.and("state", state.wireName()))
                    .register(registry);
        }
    }

    /** {@return how many records have been finished} */
    long finished() {
        return finished.sum();
    }

    void batch(int records, Duration took) {
        size.record(records);
        duration.record(took);
    }

    void finished(Fate fate) {
        finished.increment();
        switch (fate) {
            case Fate.Finished(var emissions, var status) -> count(status.wireName());
            case Fate.Moved(var partition) -> count("moved");
            case Fate.Delayed delayed ->
                registry.counter(
                                "sluice.pipeline.retries.delayed",
                                tags.and(
                                        "tier",
                                        delayed.to().tier().name(),
                                        "code",
                                        delayed.failure().code().name()))
                        .increment();
            case Fate.Buried(var failure, var attempts, var since) -> {
                count("dead");
                registry.counter(
                                "sluice.pipeline.dead.letters",
                                tags.and("code", failure.code().name()))
                        .increment();
            }
        }
    }

    void retried(String code) {
        registry.counter("sluice.pipeline.retries", tags.and("code", code)).increment();
    }

    private void count(String outcome) {
        registry.counter("sluice.pipeline.records", tags.and("outcome", outcome))
                .increment();
    }
}
