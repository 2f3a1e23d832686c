package io.sluice.runtime.kafka;

import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micronaut.configuration.kafka.DefaultProducerFactory;
import io.micronaut.configuration.kafka.ProducerFactory;
import io.micronaut.context.annotation.Replaces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * The factory with which micronaut-kafka makes every producer of a service. It applies Sluice's own settings last. So
 * every injected producer writes as durably as the guarantees need, whatever the deployment sets.
 */
@Singleton
@Replaces(DefaultProducerFactory.class)
final class DurableProducers implements ProducerFactory {
    /** Shorter than the 18 s in which a service must stop. */
    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final ClientIds ids;
    private final ProducerTuning tuning;
    private final ClientMeters meters;

    DurableProducers(ClientIds ids, ProducerTuning tuning, ClientMeters meters) {
        this.ids = ids;
        this.tuning = tuning;
        this.meters = meters;
    }

    /** @param config the deployment's settings, with the name of the injection point as the client id */
    @Override
    public <K, V> Producer<K, V> createProducer(
            Properties config, @Nullable Serializer<K> key, @Nullable Serializer<V> value) {
        var name = config.getProperty(ProducerConfig.CLIENT_ID_CONFIG, "producer");
        // a deployment that names its clients hides the name of the injection point, and there is one in a service
        var id = ids.of(name.equals(ids.prefix()) ? "writer" : name);
        var settings = KafkaSettings.of(config).producer(tuning);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, id);
        var producer = new Closing<>(settings, key, value);
        meters.show(id, () -> new KafkaClientMetrics(producer, ClientMeters.NO_TAGS));
        return producer;
    }

    /** Closes with a deadline, because micronaut-kafka closes a producer without one. */
    private static final class Closing<K, V> extends KafkaProducer<K, V> {
        Closing(Map<String, Object> settings, @Nullable Serializer<K> key, @Nullable Serializer<V> value) {
            super(settings, key, value);
        }

        @Override
        public void close() {
            close(CLOSE);
        }
    }
}
