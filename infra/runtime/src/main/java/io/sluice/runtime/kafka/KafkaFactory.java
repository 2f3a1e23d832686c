package io.sluice.runtime.kafka;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import io.micronaut.core.naming.conventions.StringConvention;
import io.sluice.runtime.EventPublisher;
import io.sluice.runtime.SluiceConfig;
import io.sluice.runtime.json.JsonCodec;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Kafka as beans; none of them connects before it is asked for. */
@Factory
final class KafkaFactory {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Singleton
    KafkaSettings settings(Environment environment) {
        return new KafkaSettings(environment.getProperties("kafka", StringConvention.RAW));
    }

    @Singleton
    TopicNames names(SluiceConfig config) {
        return new TopicNames(config.topicPrefix());
    }

    @Singleton
    TopicPlan topicPlan(KafkaSettings settings, TopicNames names, SluiceConfig config) {
        return new TopicPlan(settings, names, config.partitions(), config.replicationFactor(), PATIENCE);
    }

    @Singleton
    @Bean(preDestroy = "close")
    KafkaWriter writer(KafkaSettings settings) {
        return new KafkaWriter(settings);
    }

    @Singleton
    EventPublisher publisher(KafkaWriter writer, JsonCodec codec, TopicNames names) {
        return new KafkaEventPublisher(writer, codec, names);
    }
}
