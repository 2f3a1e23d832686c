package io.sluice.runtime.health;

import io.micronaut.configuration.kafka.config.KafkaDefaultConfiguration;
import io.micronaut.configuration.kafka.config.KafkaHealthConfiguration;
import io.micronaut.configuration.kafka.health.KafkaHealthIndicator;
import io.micronaut.configuration.kafka.health.NetworkClientCreator;
import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

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

    /** A prober waits for a second at most, where nobody told it otherwise. */
    private static final Duration ANSWER = Duration.ofMillis(800);

    private static final HealthResult SILENT = HealthResult.builder("kafka", AWAY)
            .details(Map.of("error", "no answer within " + ANSWER.toMillis() + " ms"))
            .build();

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
        return Flux.defer(brokers::getResult)
                .subscribeOn(Schedulers.boundedElastic())
                .map(KafkaHealth::softened)
                .timeout(ANSWER, Mono.just(SILENT));
    }

    private static HealthResult softened(HealthResult found) {
        return found.getStatus().equals(HealthStatus.DOWN)
                ? HealthResult.builder(found.getName(), AWAY)
                        .details(found.getDetails())
                        .build()
                : found;
    }
}
