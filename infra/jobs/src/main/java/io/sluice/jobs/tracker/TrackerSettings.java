package io.sluice.jobs.tracker;

import io.sluice.runtime.SluiceConfig;
import io.sluice.runtime.kafka.ClientIds;
import io.sluice.runtime.kafka.ConsumerSpec;
import io.sluice.runtime.kafka.KafkaSettings;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;

/**
 * The settings of the job tracker's Kafka clients.
 *
 * @param ids client ids of the service that runs the tracker
 */
public record TrackerSettings(KafkaSettings kafka, TopicNames names, SluiceConfig config, ClientIds ids) {
    private static final String APPLICATION = "sluice-jobs";
    private static final List<String> PRODUCER_SETTINGS = List.of(
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.RETRIES_CONFIG,
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            ProducerConfig.COMPRESSION_TYPE_CONFIG);

    /** Never taken from a deployment: the tracker would not start with the first, and would lose events with the second. */
    private static final Set<String> NEVER =
            Set.of(StreamsConfig.GROUP_PROTOCOL_CONFIG, StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG);

    /** In Kafka Streams, a setting with such a prefix wins over the same setting without it. */
    private static final List<String> CLIENT_PREFIXES = List.of(
            StreamsConfig.CONSUMER_PREFIX,
            StreamsConfig.MAIN_CONSUMER_PREFIX,
            StreamsConfig.RESTORE_CONSUMER_PREFIX,
            StreamsConfig.GLOBAL_CONSUMER_PREFIX,
            StreamsConfig.PRODUCER_PREFIX,
            StreamsConfig.ADMIN_CLIENT_PREFIX);

    /** {@return the name of job-events.v1 in this deployment} */
    public String jobEvents() {
        return names.of(Topics.JOB_EVENTS);
    }

    /** {@return a consumer of all job events, which reads the commits of the tracker's group and never joins it} */
    public ConsumerSpec jobEventConsumer() {
        return new ConsumerSpec(
                "job-events",
                "job-events",
                Map.of(),
                Map.of(
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                        1,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.GROUP_ID_CONFIG,
                        names.group(APPLICATION)));
    }

    Properties streams() {
        var properties = new Properties();
        kafka.given().forEach((name, value) -> {
            if (!NEVER.contains(name) && CLIENT_PREFIXES.stream().noneMatch(name::startsWith)) {
                properties.put(name, value);
            }
        });
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, names.group(APPLICATION));
        properties.put(StreamsConfig.CLIENT_ID_CONFIG, ids.of("jobs"));
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                config.dataDir().resolve("streams").toAbsolutePath().toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1_000);
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, config.replicationFactor());
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbMemory.class);
        properties.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndContinueExceptionHandler.class);
        properties.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, OversizedRecordHandler.class);
        // The tracker must be able to write as a job what our producer wrote as an event, and as durably.
        var ours = kafka.producer();
        for (var setting : PRODUCER_SETTINGS) {
            properties.put(StreamsConfig.producerPrefix(setting), ours.get(setting));
        }
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // A caller may be waiting for the job, so no record lingers.
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
        // After a crash, the next start gets the partitions only when this time is over.
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 2_000);
        return properties;
    }
}
