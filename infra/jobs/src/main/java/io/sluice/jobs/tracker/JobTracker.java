package io.sluice.jobs.tracker;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.sluice.jobs.events.JobEventTail;
import java.time.Duration;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the {@link JobTopology}, and the tail of the events that it has not folded yet. All gateways of a deployment are
 * one Kafka Streams application and share its partitions. A tracker that closes leaves the group, so that the other
 * gateways, or its next start, get its partitions at once.
 */
public final class JobTracker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobTracker.class);

    /** How long a job is kept after its last change. */
    public static final Duration KEPT = JobTopology.KEPT;

    private static final Duration CLOSE = Duration.ofSeconds(8);

    private final KafkaStreams streams;
    private final KafkaStreamsMetrics metrics;
    private final JobEventTail tail;
    private final MeterRegistry meters;
    private volatile boolean hasRun;

    /** Makes a tracker that does not run yet. */
    public JobTracker(TrackerSettings settings, JobTopology topology, JobEventTail tail, MeterRegistry meters) {
        this.streams = new KafkaStreams(topology.build(topic -> settings.names().of(topic)), settings.streams());
        this.metrics = new KafkaStreamsMetrics(streams);
        this.tail = tail;
        this.meters = meters;
        streams.setStateListener((now, before) -> hasRun = hasRun || now == KafkaStreams.State.RUNNING);
        streams.setUncaughtExceptionHandler(thrown -> {
            LOG.atError().setCause(thrown).log("job tracker thread failed, replacing it");
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    }

    /**
     * Starts to fold. The topics must exist. Returns when the store has every job that jobs.v1 had, and the board has
     * the open ones.
     */
    public void start() {
        tail.locate();
        streams.start();
        tail.start();
        metrics.bindTo(meters);
    }

    /** {@return whether it folds, or has folded and is rebalancing now} */
    public boolean isRunning() {
        return hasRun && streams.state().isRunningOrRebalancing();
    }

    /** {@return whether the board knows every event that existed at the start, and still follows the topic} */
    public boolean isCaughtUp() {
        return tail.isCaughtUp();
    }

    @Override
    public void close() {
        tail.close();
        metrics.close();
        var leave = CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE);
        if (!streams.close(leave)) {
            LOG.atWarn().addKeyValue("waited", CLOSE).log("job tracker did not stop in time");
        }
    }
}
