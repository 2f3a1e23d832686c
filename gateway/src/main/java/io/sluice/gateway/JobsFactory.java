package io.sluice.gateway;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.sluice.jobs.board.JobBoard;
import io.sluice.jobs.board.JobTail;
import io.sluice.jobs.stream.JobEventStream;
import io.sluice.jobs.tracker.JobTracker;
import io.sluice.jobs.tracker.JsonSerdes;
import io.sluice.runtime.JsonCodec;
import io.sluice.runtime.SluiceConfig;
import io.sluice.runtime.kafka.KafkaSettings;
import io.sluice.runtime.kafka.TopicNames;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The job tracker, the board that answers for any job, and the streams of their events. {@link Startup} starts them. */
@Factory
final class JobsFactory {
    @Singleton
    @Bean(preDestroy = "close")
    JobTracker tracker(KafkaSettings settings, TopicNames names, SluiceConfig config, JsonCodec codec, Clock clock) {
        return new JobTracker(settings, names, config, new JsonSerdes(codec), clock);
    }

    @Singleton
    JobBoard board(GatewayConfig config, JobTracker tracker) {
        return new JobBoard(config.jobsKept(), tracker::find);
    }

    @Singleton
    @Bean(preDestroy = "close")
    JobTail tail(KafkaSettings settings, TopicNames names, JsonCodec codec, JobBoard board, Clock clock) {
        return new JobTail(settings, names, codec, board, clock);
    }

    @Singleton
    @Bean(preDestroy = "close")
    JobEventStream stream(JobBoard board) {
        return new JobEventStream(board);
    }
}
