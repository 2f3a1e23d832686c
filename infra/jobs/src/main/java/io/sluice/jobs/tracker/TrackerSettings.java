package io.sluice.jobs.tracker;

import io.sluice.runtime.SluiceConfig;
import io.sluice.runtime.kafka.KafkaSettings;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.schemas.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;

/**
 * What the job tracker's clients of Kafka are set to.
 *
 * @param service whose process the tracker runs in; every client id begins with it
 */
public record TrackerSettings(KafkaSettings kafka, TopicNames names, SluiceConfig config, String service) {
    private static final String APPLICATION = "sluice-jobs";

    /** {@return the name of job-events.v1 in this deployment} */
    public String jobEvents() {
        return names.of(Topics.JOB_EVENTS);
    }

    /** {@return settings for a consumer of all job events, which never joins the tracker's group and knows its commits} */
    public Map<String, Object> jobEventConsumer() {
        var settings = new HashMap<>(kafka.consumer(Map.of(
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                1)));
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, names.group(APPLICATION));
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, service + "-job-events");
        return settings;
    }

    Properties streams() {
        var properties = new Properties();
        properties.putAll(kafka.given());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, names.group(APPLICATION));
        properties.put(StreamsConfig.CLIENT_ID_CONFIG, service + "-jobs");
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
        // What our own producer could write as an event has to be writable as a job.
        var ours = kafka.producer();
        for (var setting : List.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, ProducerConfig.COMPRESSION_TYPE_CONFIG)) {
            properties.put(StreamsConfig.producerPrefix(setting), ours.get(setting));
        }
        // A caller may be waiting for the job: nothing lingers.
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
        // After a crash the next start waits for this before it gets the partitions.
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 2_000);
        return properties;
    }
}
