package io.sluice.gateway;

import io.micronaut.context.annotation.Factory;
import io.sluice.gateway.config.BodyConfig;
import io.sluice.gateway.config.GatewayConfig;
import io.sluice.runtime.kafka.ProducerTuning;
import io.sluice.web.body.BodyMemory;
import io.sluice.web.body.BodyPace;
import jakarta.inject.Singleton;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Beans of the gateway that processors do not need: a producer with short timeouts, and the memory and the pace of
 * uploads. */
@Factory
final class GatewayFactory {
    /** Makes the Kafka client give up a write after the accept timeout, because a caller is waiting for it. */
    @Singleton
    ProducerTuning producerTuning(GatewayConfig config) {
        var deadline = Math.toIntExact(config.acceptTimeout().toMillis());
        return new ProducerTuning(Map.of(
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                deadline / 2,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                deadline,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                deadline));
    }

    @Singleton
    BodyPace bodyPace(BodyConfig config) {
        return config.pace();
    }

    @Singleton
    BodyMemory bodyMemory(GatewayConfig config) {
        return new BodyMemory(config.uploadMemory(), config.uploadPatience());
    }
}
