package io.sluice.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.sluice.gateway.config.GatewayConfig;
import io.sluice.jobs.board.JobBoard;
import io.sluice.jobs.events.JobEventTail;
import io.sluice.jobs.sse.JobEventStream;
import io.sluice.jobs.store.JobStore;
import io.sluice.jobs.tracker.JobTopology;
import io.sluice.jobs.tracker.JobTracker;
import io.sluice.jobs.tracker.TrackerSettings;
import io.sluice.runtime.SluiceConfig;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.ClientIds;
import io.sluice.runtime.kafka.Consumers;
import io.sluice.runtime.kafka.KafkaSettings;
import io.sluice.runtime.kafka.TopicNames;
import jakarta.inject.Singleton;
import java.time.Clock;

/**
 * Beans for jobs: the job tracker, the board that finds a job by its id, and the event streams. {@link Startup} starts
 * the tracker.
 */
@Factory
final class JobsFactory {
    @Singleton
    JobStore store() {
        return new JobStore();
    }

    @Singleton
    JobBoard board(GatewayConfig config, JobStore store) {
        return new JobBoard(config.jobsKept(), store::find);
    }

    @Singleton
    TrackerSettings trackerSettings(KafkaSettings kafka, TopicNames names, SluiceConfig config, ClientIds ids) {
        return new TrackerSettings(kafka, names, config, ids);
    }

    @Singleton
    JobTopology topology(JsonCodec codec, Clock clock, JobStore store, JobBoard board) {
        return new JobTopology(codec, clock, store, board);
    }

    @Singleton
    @Bean(preDestroy = "close")
    JobTracker tracker(
            TrackerSettings settings,
            JobTopology topology,
            Consumers consumers,
            JsonCodec codec,
            JobBoard board,
            MeterRegistry meters) {
        var tail = new JobEventTail(
                () -> consumers.create(settings.jobEventConsumer()), settings.jobEvents(), codec, board);
        return new JobTracker(settings, topology, tail, meters);
    }

    @Singleton
    @Bean(preDestroy = "close")
    JobEventStream stream(JobBoard board) {
        return new JobEventStream(board);
    }
}
