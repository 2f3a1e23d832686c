package io.sluice.runtime.kafka;

import io.micronaut.configuration.kafka.admin.AdminClientFactory;
import io.micronaut.configuration.kafka.annotation.KafkaClient;
import io.micronaut.configuration.kafka.config.KafkaDefaultConfiguration;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Secondary;
import io.sluice.runtime.DeadLetterConfig;
import io.sluice.runtime.EventPublisher;
import io.sluice.runtime.SluiceConfig;
import io.sluice.runtime.json.JsonCodec;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** Makes the beans for Kafka from those of micronaut-kafka. None of them connects before it is first used. */
@Factory
final class KafkaFactory {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** How long the brokers may take to answer one question about consumer groups. */
    private static final Duration GROUPS_PATIENCE = Duration.ofSeconds(30);
    /** A service has 20 s to stop: a question that no broker answers must not hold it up. */
    private static final Duration ADMIN_CLOSE = Duration.ofSeconds(5);

    private volatile @Nullable AdminClient admin;

    @Singleton
    KafkaSettings settings(KafkaDefaultConfiguration configuration) {
        return KafkaSettings.of(configuration.getConfig());
    }

    @Singleton
    ClientIds clientIds(
            KafkaSettings settings, @Property(name = "sluice.service", defaultValue = "service") String service) {
        var given = settings.given().get(CommonClientConfigs.CLIENT_ID_CONFIG);
        return new ClientIds(given == null ? "sluice-" + service : given.toString());
    }

    @Singleton
    @Secondary
    ProducerTuning tuning() {
        return ProducerTuning.none();
    }

    /** Replaces micronaut-kafka's admin client by one with the client id and the settings of a Sluice service. */
    @Singleton
    @Replaces(bean = AdminClient.class, factory = AdminClientFactory.class)
    AdminClient admin(KafkaSettings settings, ClientIds ids) {
        var all = settings.admin();
        all.put(CommonClientConfigs.CLIENT_ID_CONFIG, ids.of("admin"));
        var made = AdminClient.create(all);
        admin = made;
        return made;
    }

    @PreDestroy
    void closeAdmin() {
        var made = admin;
        if (made != null) {
            made.close(ADMIN_CLOSE);
        }
    }

    @Singleton
    @Secondary
    ConsumerGroups groups(AdminClient admin) {
        return new ConsumerGroups(admin, GROUPS_PATIENCE);
    }

    @Singleton
    TopicNames names(SluiceConfig config) {
        return new TopicNames(config.topicPrefix());
    }

    @Singleton
    TopicPlan topicPlan(
            BeanProvider<AdminClient> admin,
            KafkaSettings settings,
            TopicNames names,
            SluiceConfig config,
            DeadLetterConfig letters) {
        var brokers = new Brokers(admin::get, settings.bootstrapServers(), PATIENCE);
        return new TopicPlan(brokers, names, config.partitions(), config.replicationFactor(), letters);
    }

    @Singleton
    @Bean(preDestroy = "close")
    KafkaWriter writer(@KafkaClient("writer") Producer<byte[], byte[]> producer) {
        return new KafkaWriter(producer);
    }

    @Singleton
    EventPublisher publisher(KafkaWriter writer, JsonCodec codec, TopicNames names) {
        return new KafkaEventPublisher(writer, codec, names);
    }
}
