package io.sluice.runtime.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Secondary;
import io.sluice.runtime.SluiceConfig;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.KafkaSettings;
import io.sluice.runtime.kafka.KafkaWriter;
import io.sluice.runtime.kafka.TopicPlan;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The runtime as beans. */
@Factory
final class RuntimeFactory {
    @Singleton
    @Secondary
    Clock clock() {
        return Clock.systemUTC();
    }

    @Singleton
    ProcessorRuntime runtime(
            SluiceConfig config,
            KafkaSettings kafka,
            KafkaWriter writer,
            JsonCodec codec,
            TopicPlan topics,
            @Nullable MeterRegistry registry,
            Clock clock) {
        var meters = Objects.requireNonNullElseGet(registry, SimpleMeterRegistry::new);
        return new ProcessorRuntime(config, kafka, writer, codec, topics, meters, clock);
    }
}
