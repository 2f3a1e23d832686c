package io.sluice.jobs.tracker;

import io.sluice.runtime.SluiceConfig;
import io.sluice.runtime.kafka.KafkaSettings;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.schemas.job.Job;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the {@link JobTopology}. All gateways of a deployment are one Kafka Streams application and share its partitions.
 *
 * <p>Kafka Streams is driven directly, not through micronaut-kafka-streams: it has to leave its group when it stops, or
 * the next start would wait for the session to time out.
 */
public final class JobTracker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobTracker.class);
    /** How long a job is kept after it moved last. */
    public static final Duration KEPT = JobTopology.KEPT;

    private static final String APPLICATION = "sluice-jobs";
    private static final Duration CLOSE = Duration.ofSeconds(8);

    private final KafkaStreams streams;
    private volatile boolean hasRun;

    public JobTracker(KafkaSettings settings, TopicNames names, SluiceConfig config, JsonSerdes json, Clock clock) {
        var topology = JobTopology.topology(topic -> names.prefix() + topic, json, clock);
        this.streams = new KafkaStreams(topology, properties(settings, names, config));
        streams.setStateListener((now, before) -> hasRun = hasRun || now == KafkaStreams.State.RUNNING);
        streams.setUncaughtExceptionHandler(thrown -> {
            LOG.atError().setCause(thrown).log("job tracker thread failed, replacing it");
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    }

    /** Starts to fold; the topics must be there. */
    public void start() {
        streams.start();
    }

    /** {@return whether it folds, or did and is just sharing the work anew with other instances} */
    public boolean isRunning() {
        return hasRun && streams.state().isRunningOrRebalancing();
    }

    /** {@return the job, whichever instance folds it; it may lag behind a moment} */
    public Optional<Job> find(String jobId) {
        try {
            var jobs = streams.store(StoreQueryParameters.fromNameAndType(
                    JobTopology.ALL_JOBS, QueryableStoreTypes.<String, Job>keyValueStore()));
            return Optional.ofNullable(jobs.get(jobId));
        } catch (InvalidStateStoreException e) {
            LOG.atDebug().setCause(e).log("job store not at hand");
            return Optional.empty();
        }
    }

    static Properties properties(KafkaSettings settings, TopicNames names, SluiceConfig config) {
        var properties = new Properties();
        properties.putAll(settings.given());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, names.group(APPLICATION));
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
        var ours = settings.producer();
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

    @Override
    public void close() {
        var leave = CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE);
        if (!streams.close(leave)) {
            LOG.atWarn().addKeyValue("waited", CLOSE).log("job tracker did not stop in time");
        }
    }
}
