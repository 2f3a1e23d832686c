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
 * Shows micronaut-kafka's check of the brokers in a service's health, without letting it decide readiness. When Kafka
 * does not answer, the service is {@code AWAY}, not {@code DOWN}. It goes on by itself when Kafka is back. Until then
 * it does the work that needs no Kafka, such as answering searches. A load balancer that took it out of service would
 * stop that work.
 */
@Singleton
@Replaces(KafkaHealthIndicator.class)
@Requires(property = "kafka.health.enabled", value = "true", defaultValue = "true")
final class KafkaHealth implements HealthIndicator {
    /** A status between {@code UP} and {@code DOWN}: worse than {@code UP}, better than {@code DOWN}. */
    static final HealthStatus AWAY = new HealthStatus("AWAY", "Kafka is away, and what needs it waits", null, null);

    /** Kubernetes waits one second for the answer of a probe, by default. */
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
