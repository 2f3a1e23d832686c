package io.sluice.gateway;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.sluice.gateway.config.GatewayConfig;
import io.sluice.runtime.EventPublisher;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.KafkaEventPublisher;
import io.sluice.runtime.kafka.KafkaSettings;
import io.sluice.runtime.kafka.KafkaWriter;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.web.body.UploadBudget;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;

/** What the gateway needs otherwise than a processor does. */
@Factory
final class GatewayFactory {
    /** A caller is waiting: a write that Kafka does not take within the accept timeout is given up by the client too. */
    @Singleton
    @Primary
    @Bean(preDestroy = "close")
    KafkaWriter impatientWriter(KafkaSettings settings, GatewayConfig config) {
        var deadline = Math.toIntExact(config.acceptTimeout().toMillis());
        var producer = new HashMap<>(settings.producer());
        producer.putAll(Map.of(
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                deadline / 2,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                deadline,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                deadline));
        return new KafkaWriter(new KafkaProducer<>(producer));
    }

    @Singleton
    UploadBudget uploadBudget(GatewayConfig config) {
        return new UploadBudget(config.uploadMemory(), config.uploadPatience());
    }

    @Singleton
    @Primary
    EventPublisher publisher(KafkaWriter writer, JsonCodec codec, TopicNames names) {
        return new KafkaEventPublisher(writer, codec, names);
    }
}
