package io.sluice.runtime.kafka;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The deployment's settings for Kafka, and the settings of each kind of client. The deployment's settings win over
 * Sluice's defaults. The settings that the guarantees need win over the deployment's.
 *
 * <p>A consumer's own settings come from the class that asks for it: {@code PipelineAssembly} for pipelines, {@code TrackerSettings}
 * for Kafka Streams and the tail of job events. The gateway's producer has shorter timeouts, in {@code GatewayFactory}.
 *
 * @param given the deployment's settings by Kafka's own names, such as {@code bootstrap.servers} or
 *     {@code security.protocol}
 */
public record KafkaSettings(Map<String, Object> given) {
    /** Large enough for any record that a broker accepted by default, plus the headers of a dead letter. */
    static final int MAX_REQUEST_BYTES = 16 * 1024 * 1024;

    private static final String LOCAL_BROKER = "localhost:9092";

    /**
     * Never taken from a deployment. The first moves keys to other partitions, the second makes producers transactional,
     * and the third belongs to one consumer: if all had it, they would remove each other from the group.
     */
    private static final Set<String> NEVER_GIVEN = Set.of(
            ProducerConfig.PARTITIONER_CLASS_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);

    public KafkaSettings {
        given = given.entrySet().stream()
                .filter(setting -> !NEVER_GIVEN.contains(setting.getKey()))
                .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** {@return the settings in these properties} */
    static KafkaSettings of(Properties properties) {
        var given = new HashMap<String, Object>();
        properties.forEach((name, value) -> given.put(name.toString(), value));
        return new KafkaSettings(given);
    }

    /** {@return settings that hold only the brokers' addresses} */
    public static KafkaSettings of(String bootstrapServers) {
        return new KafkaSettings(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** {@return the brokers' addresses} */
    public String bootstrapServers() {
        return given.getOrDefault("bootstrap.servers", LOCAL_BROKER).toString();
    }

    /** {@return settings for an admin client, which asks another broker when one does not answer within 10 s} */
    public Map<String, Object> admin() {
        return settings(
                Map.of(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000), AdminClientConfig.configNames(), Map.of());
    }

    /** {@return settings for a producer without tuning} */
    public Map<String, Object> producer() {
        return producer(ProducerTuning.none());
    }

    /**
     * Settings for a producer. Every in-sync replica acks. A retry never duplicates or reorders records. A key stays on
     * its murmur2 partition. By default, a caller knows within 30 s of sending whether the record is written.
     */
    public Map<String, Object> producer(ProducerTuning tuning) {
        Map<String, Object> defaults = Map.of(
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                ProducerConfig.LINGER_MS_CONFIG, 1,
                ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        var ours = new HashMap<>(tuning.settings());
        ours.putAll(Map.of(
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.RETRIES_CONFIG,
                Integer.MAX_VALUE,
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                5,
                ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
                false,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                requestSize(),
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class));
        return settings(defaults, ProducerConfig.configNames(), ours);
    }

    /** A deployment may raise it. If it were lower, a record that a broker took could not become a dead letter. */
    private Object requestSize() {
        var raised = given.getOrDefault(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        try {
            return Math.max(MAX_REQUEST_BYTES, Integer.parseInt(raised.toString()));
        } catch (NumberFormatException e) {
            return raised; // the client says what is wrong with it
        }
    }

    /**
     * Settings for a consumer of bytes.
     *
     * @param ours the settings that the caller's correctness depends on
     */
    public Map<String, Object> consumer(Map<String, Object> ours) {
        return consumer(Map.of(), ours);
    }

    /** {@return settings for this consumer of bytes} */
    public Map<String, Object> consumer(ConsumerSpec spec, String clientId) {
        var ours = new HashMap<>(spec.ours());
        ours.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        return consumer(spec.defaults(), ours);
    }

    private Map<String, Object> consumer(Map<String, Object> defaults, Map<String, Object> ours) {
        var last = new HashMap<>(ours);
        last.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        last.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return settings(defaults, ConsumerConfig.configNames(), last);
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
