package io.sluice.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.endpoint.health.HealthEndpoint;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class KafkaHealthTest {
    private static final Map<String, Object> NOWHERE = Map.of(
            "kafka.bootstrap.servers",
            "127.0.0.1:1",
            "kafka.health-timeout",
            "10s",
            "endpoints.health.service-ready-indicator-enabled",
            false,
            "endpoints.health.details-visible",
            "ANONYMOUS");

    @Test
    void kafkaThatDoesNotAnswerIsShownAndTakesNothingOutOfService() {
        try (var service = ApplicationContext.run(NOWHERE)) {
            var asked = System.nanoTime();
            var health = health(service);

            assertThat(Duration.ofNanos(System.nanoTime() - asked))
                    .as("sooner than Kafka's client gives up")
                    .isLessThan(Duration.ofSeconds(8));
            assertThat(health.getStatus()).isEqualTo(KafkaHealth.AWAY).isNotEqualTo(HealthStatus.DOWN);
            assertThat(details(health)).containsKeys("kafka", "pipeline-threads");
        }
    }

    @Test
    void whatIsDownStaysDown() {
        HealthIndicator broken = () ->
                Mono.just(HealthResult.builder("broken", HealthStatus.DOWN).build());
        try (var service = ApplicationContext.builder()
                .properties(NOWHERE)
                .singletons(broken)
                .start()) {
            assertThat(health(service).getStatus()).isEqualTo(HealthStatus.DOWN);
        }
    }

    @Test
    void kafkasHealthCanBeLeftOut() {
        try (var service = ApplicationContext.builder()
                .properties(NOWHERE)
                .properties(Map.of("kafka.health.enabled", "false"))
                .start()) {
            assertThat(health(service).getStatus()).isEqualTo(HealthStatus.UP);
        }
    }

    private static HealthResult health(ApplicationContext service) {
        var endpoint = service.getBean(HealthEndpoint.class);
        return Objects.requireNonNull(Mono.from(endpoint.getHealth(null)).block());
    }

    @SuppressWarnings("unchecked") // the aggregated details are by indicator
    private static Map<String, Object> details(HealthResult health) {
        return (Map<String, Object>) health.getDetails();
    }
}
