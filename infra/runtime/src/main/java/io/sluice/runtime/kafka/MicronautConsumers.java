package io.sluice.runtime.kafka;

import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micronaut.configuration.kafka.config.AbstractKafkaConsumerConfiguration;
import io.micronaut.configuration.kafka.config.DefaultKafkaConsumerConfiguration;
import io.micronaut.context.BeanContext;
import io.micronaut.inject.qualifiers.Qualifiers;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.Consumer;

/** Makes consumers with micronaut-kafka, from the deployment's settings and then Sluice's own, which win. */
@Singleton
final class MicronautConsumers implements Consumers {
    private final BeanContext beans;
    private final ClientIds ids;
    private final ClientMeters meters;

    MicronautConsumers(BeanContext beans, ClientIds ids, ClientMeters meters) {
        this.beans = beans;
        this.ids = ids;
        this.meters = meters;
    }

    @Override
    @SuppressWarnings("unchecked") // the bean's type has no type arguments; the settings make it read bytes
    public Consumer<byte[], byte[]> create(ConsumerSpec spec) {
        var configuration = new DefaultKafkaConsumerConfiguration<byte[], byte[]>(deployment(spec.name()));
        var id = ids.of(spec.work());
        var settings = KafkaSettings.of(configuration.getConfig()).consumer(spec, id);
        configuration.getConfig().clear();
        configuration.getConfig().putAll(settings);
        Consumer<byte[], byte[]> consumer = beans.createBean(Consumer.class, configuration);
        meters.show(id, () -> new KafkaClientMetrics(consumer, ClientMeters.NO_TAGS));
        return consumer;
    }

    private AbstractKafkaConsumerConfiguration<?, ?> deployment(String name) {
        return beans.findBean(AbstractKafkaConsumerConfiguration.class, Qualifiers.byName(name))
                .orElseGet(() -> beans.getBean(AbstractKafkaConsumerConfiguration.class));
    }
}
