package io.sluice.runtime.kafka;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What the deployment says about Kafka, and what each kind of client makes of it. The deployment's word wins over our
 * defaults, except where correctness depends on ours.
 *
 * @param given by Kafka's own names, such as {@code bootstrap.servers} or {@code security.protocol}
 */
public record KafkaSettings(Map<String, Object> given) {
    /** Large enough for any record a broker took, plus the headers of a dead letter. */
    static final int MAX_REQUEST_BYTES = 16 * 1024 * 1024;

    private static final String LOCAL_BROKER = "localhost:9092";

    public KafkaSettings {
        given = Map.copyOf(given);
    }

    /** {@return the settings that only say where the brokers are} */
    public static KafkaSettings of(String bootstrapServers) {
        return new KafkaSettings(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** {@return where the brokers are} */
    public String bootstrapServers() {
        return given.getOrDefault("bootstrap.servers", LOCAL_BROKER).toString();
    }

    /** {@return settings for an admin client} */
    public Map<String, Object> admin() {
        return settings(Map.of(), AdminClientConfig.configNames(), Map.of());
    }

    /**
     * Settings for the producer: every in-sync replica acks, a retry never doubles or reorders, and a caller knows within
     * half a minute whether the record is there.
     */
    public Map<String, Object> producer() {
        Map<String, Object> defaults = Map.of(
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                ProducerConfig.LINGER_MS_CONFIG, 1,
                ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        Map<String, Object> ours = Map.of(
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class);
        return settings(defaults, ProducerConfig.configNames(), ours);
    }

    /**
     * Settings for a consumer of bytes.
     *
     * @param ours what the caller's correctness depends on
     */
    public Map<String, Object> consumer(Map<String, Object> ours) {
        return consumer(Map.of(), ours);
    }

    /**
     * Settings for a consumer of bytes.
     *
     * @param defaults what the deployment may change
     * @param ours what the caller's correctness depends on
     */
    public Map<String, Object> consumer(Map<String, Object> defaults, Map<String, Object> ours) {
        var all = new HashMap<String, Object>(ours);
        all.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        all.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return settings(defaults, ConsumerConfig.configNames(), all);
    }

    private Map<String, Object> settings(Map<String, Object> defaults, Set<String> known, Map<String, Object> ours) {
        var all = new HashMap<String, Object>(defaults);
        all.put("bootstrap.servers", LOCAL_BROKER);
        all.putAll(given.entrySet().stream()
                .filter(entry -> known.contains(entry.getKey()))
                .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
        all.putAll(ours);
        return all;
    }
}
