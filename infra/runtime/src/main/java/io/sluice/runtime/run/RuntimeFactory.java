package io.sluice.runtime.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Secondary;
import io.sluice.runtime.EventPublisher;
import io.sluice.runtime.SluiceConfig;
import io.sluice.runtime.control.PipelineControls;
import io.sluice.runtime.control.StatusReports;
import io.sluice.runtime.engine.CarefulMode;
import io.sluice.runtime.engine.PipelineAssembly;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.Consumers;
import io.sluice.runtime.kafka.KafkaWriter;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.runtime.kafka.TopicPlan;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the beans of the runtime. */
@Factory
final class RuntimeFactory {
    private static final int INSTANCE_DIGITS = 8;

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
        return new PipelineAssembly(config, consumers, writer, codec, meters, clock, CarefulMode.ofThisProcess());
    }

    @Singleton
    ProcessorRuntime runtime(PipelineAssembly assembly, TopicPlan topics, PipelineControls controls) {
        return new ProcessorRuntime(assembly, topics, controls);
    }

    @Singleton
    @Bean(preDestroy = "close")
    PipelineControls controls(TopicPlan topics, Consumers consumers, TopicNames names, JsonCodec codec) {
        return new PipelineControls(topics, consumers, names, codec);
    }

    /** In Kubernetes, HOSTNAME is the name of the pod. */
    @Singleton
    StatusReports reports(
            EventPublisher publisher,
            Clock clock,
            @Property(name = "sluice.service", defaultValue = "service") String service,
            @Property(name = "hostname", defaultValue = "local") String host) {
        var instance = host + "-" + UUID.randomUUID().toString().substring(0, INSTANCE_DIGITS);
        return new StatusReports(publisher, clock, service, instance);
    }
}
