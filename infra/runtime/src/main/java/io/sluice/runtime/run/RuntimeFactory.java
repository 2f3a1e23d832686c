package io.sluice.runtime.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Secondary;
import io.sluice.runtime.SluiceConfig;
import io.sluice.runtime.engine.PipelineAssembly;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.Consumers;
import io.sluice.runtime.kafka.KafkaWriter;
import io.sluice.runtime.kafka.TopicPlan;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the beans of the runtime. */
@Factory
final class RuntimeFactory {
    @Singleton
    @Secondary
    Clock clock() {
        return Clock.systemUTC();
    }

    @Singleton
    PipelineAssembly assembly(
            SluiceConfig config,
            Consumers consumers,
            KafkaWriter writer,
            JsonCodec codec,
            @Nullable MeterRegistry registry,
            Clock clock) {
        var meters = Objects.requireNonNullElseGet(registry, SimpleMeterRegistry::new);
        return new PipelineAssembly(config, consumers, writer, codec, meters, clock);
    }

    @Singleton
    ProcessorRuntime runtime(PipelineAssembly assembly, TopicPlan topics) {
        return new ProcessorRuntime(assembly, topics);
    }
}
