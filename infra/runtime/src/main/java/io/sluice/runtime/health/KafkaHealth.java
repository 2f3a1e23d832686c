package io.sluice.runtime.health;

import io.micronaut.configuration.kafka.config.KafkaDefaultConfiguration;
import io.micronaut.configuration.kafka.config.KafkaHealthConfiguration;
import io.micronaut.configuration.kafka.health.KafkaHealthIndicator;
import io.micronaut.configuration.kafka.health.NetworkClientCreator;
import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/**
 * What micronaut-kafka finds out about the brokers, shown among a service's readiness without deciding it. A service whose
 * Kafka is away is {@code AWAY}, not {@code DOWN}: it goes on by itself, and does meanwhile what needs no Kafka, such as to
 * answer searches. Taken out of service, it would not.
 */
@Singleton
@Replaces(KafkaHealthIndicator.class)
@Requires(property = "kafka.health.enabled", value = "true", defaultValue = "true")
final class KafkaHealth implements HealthIndicator {
    /** Neither operational nor not: it outranks {@code UP} and is outranked by {@code DOWN}. */
    static final HealthStatus AWAY = new HealthStatus("AWAY", "Kafka is away, and what needs it waits", null, null);

    private final HealthIndicator brokers;

    KafkaHealth(
            BeanContext beans,
            KafkaDefaultConfiguration kafka,
            NetworkClientCreator clients,
            KafkaHealthConfiguration configuration) {
        this.brokers = new KafkaHealthIndicator(beans, kafka, clients, configuration);
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return Publishers.map(brokers.getResult(), KafkaHealth::softened);
    }

    private static HealthResult softened(HealthResult found) {
        return found.getStatus().equals(HealthStatus.DOWN)
                ? HealthResult.builder(found.getName(), AWAY)
                        .details(found.getDetails())
                        .build()
                : found;
    }
}
