package io.sluice.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.sluice.runtime.DeadLetterConfig;
import io.sluice.runtime.EventPublisher;
import io.sluice.runtime.SluiceConfig;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.process.ServiceContext;
import io.sluice.schemas.Topics;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class KafkaBeansTest {
    private static final ServiceContext SERVICE = new ServiceContext("indexer", "sluice.test.port", 0, Map.of());

    @Test
    void aServiceThatSetsNothingHasTheDocumentedDefaults() {
        try (var context = SERVICE.start(Map.of(), _ -> {})) {
            assertThat(context.getBean(SluiceConfig.class)).isEqualTo(SluiceConfig.ofDefaults());
            assertThat(context.getBean(DeadLetterConfig.class)).isEqualTo(DeadLetterConfig.ofDefaults());
            assertThat(context.getBean(KafkaSettings.class).bootstrapServers()).isEqualTo("localhost:9092");
            assertThat(context.getBean(TopicNames.class).of(Topics.PRODUCTS)).isEqualTo("products.v1");
            assertThat(context.getBean(EventPublisher.class)).isInstanceOf(KafkaEventPublisher.class);
            assertThat(context.getBean(JsonCodec.class)).isNotNull();
        }
    }

    @Test
    void everythingUnderKafkaReachesTheClientsThatKnowIt() {
        Map<String, Object> properties = Map.of(
                "kafka.bootstrap.servers", "broker:1",
                "kafka.security.protocol", "SASL_SSL",
                "kafka.linger.ms", "7",
                "kafka.health.enabled", "true",
                "sluice.topic-prefix", "eu.");
        try (var context = ApplicationContext.run(properties)) {
            var settings = context.getBean(KafkaSettings.class);

            assertThat(settings.producer())
                    .containsEntry("bootstrap.servers", "broker:1")
                    .containsEntry("security.protocol", "SASL_SSL")
                    .containsEntry("linger.ms", "7")
                    .doesNotContainKey("health.enabled");
            assertThat(settings.admin())
                    .containsEntry("security.protocol", "SASL_SSL")
                    .doesNotContainKey("linger.ms");
            assertThat(context.getBean(TopicNames.class).deadLetters(Topics.PRODUCTS, "embedder"))
                    .isEqualTo("eu.products.v1.embedder.dlq");
        }
    }

    @Test
    void acksAreNotUpToTheDeployment() {
        var settings = new KafkaSettings(Map.of("acks", "0", "enable.idempotence", "false"));

        assertThat(settings.producer())
                .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
                .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    }

    @Test
    void aBadSettingStopsTheStartAndIsNamed() {
        try (var context = ApplicationContext.run(Map.<String, Object>of("sluice.partitions", 0))) {
            assertThatThrownBy(() -> context.getBean(SluiceConfig.class))
                    .hasStackTraceContaining("sluice.partitions must be between 1 and 10000, is 0");
        }
    }
}
