package io.sluice.runtime.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.PipelineStatus.Paused;
import io.sluice.runtime.SluiceConfig;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.ConsumerSpec;
import io.sluice.runtime.kafka.Consumers;
import io.sluice.runtime.kafka.KafkaWriter;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.schemas.Topics;
import io.sluice.schemas.event.Event;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;

/** Builds the consumer threads of a pipeline. The whole wiring of the engine is in this class. */
public record PipelineAssembly(
        SluiceConfig config,
        Consumers consumers,
        KafkaWriter writer,
        JsonCodec codec,
        MeterRegistry registry,
        Clock clock,
        CarefulMode careful) {
    /** How long a stop waits for the current batch; the whole service has 18 s. */
    private static final Duration STOP = Duration.ofSeconds(12);

    private static final RandomGenerator JITTER = RandomGenerator.getDefault();

    /**
     * Starts the pipeline's threads. Its topics must exist.
     *
     * @param pause who has paused the pipeline; empty while it may work
     */
    public <E extends Event> PipelineThreads start(Pipeline<E> pipeline, Supplier<Optional<Paused>> pause) {
        var metrics = new PipelineMetrics(registry, pipeline.name());
        var safeguards = Safeguards.of(pipeline, clock, JITTER);
        var loops = IntStream.range(0, config.threads())
                .mapToObj(thread -> loop(pipeline, thread, metrics, safeguards, pause))
                .toList();
        var threads = new PipelineThreads(pipeline.name(), loops, metrics::finished, STOP);
        metrics.watch(threads);
        threads.start();
        return threads;
    }

    private <E extends Event> ConsumerLoop loop(
            Pipeline<E> pipeline,
            int thread,
            PipelineMetrics metrics,
            Safeguards safeguards,
            Supplier<Optional<Paused>> pause) {
        var names = new TopicNames(config.topicPrefix());
        var dependencies = safeguards.dependencies();
        var admission = new Admission(pause, safeguards.fuse(), dependencies, safeguards.writes(), clock);

        var plan = RetryPlan.of(pipeline, names);
        var reader = new RecordReader<>(pipeline.source(), plan.source(), codec, config.epoch());
        var feed = new Feed(consumer(pipeline, thread, names), plan.topics(), clock);
        var offsets = new Offsets(careful.process());
        var backlog = new Backlog(offsets, reader::envelope);
        var poller = new Poller(feed, backlog, offsets, admission, new Turns(backlog, pipeline.batchSize(), clock));

        var outcomes = outcomes(pipeline, names);
        var retries = new RetryDecision(plan, safeguards, clock, JITTER);
        var batch = new BatchRun<>(
                pipeline,
                reader,
                new Emissions(pipeline, codec, names),
                new Attempts<>(pipeline, dependencies::dependenciesWork, System::nanoTime));
        var decider = new Decider(batch, feed::partitions, retries, outcomes, metrics);
        var finisher = new Finisher(pipeline.name(), outcomes, safeguards.writes(), retries, metrics);
        var step = new BatchStep(decider, finisher, new BatchWatch(metrics, clock));
        return new ConsumerLoop(poller, step, admission, careful);
    }

    private OutcomeWriter outcomes(Pipeline<?> pipeline, TopicNames names) {
        var deadLetters = names.deadLetters(pipeline.source().topic(), pipeline.name());
        return new OutcomeWriter(
                writer,
                new DeadLetters(deadLetters, names.group(pipeline.group())),
                new JobReports(pipeline, names.of(Topics.JOB_EVENTS), deadLetters, codec, clock),
                pipeline.source().movesRecords());
    }

    /**
     * A consumer may take ten minutes for a batch before its group removes it. That is time to bisect a whole batch
     * whose handler runs into its deadlines. The group notices a dead process after 15 s.
     */
    private Consumer<byte[], byte[]> consumer(Pipeline<?> pipeline, int thread, TopicNames names) {
        Map<String, Object> defaults = Map.of(
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 15_000,
                ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 600_000);
        Map<String, Object> ours = Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                names.group(pipeline.group()),
                ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                "classic",
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                pipeline.batchSize(),
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                1);
        return consumers.create(new ConsumerSpec(pipeline.name(), pipeline.group() + "-" + thread, defaults, ours));
    }
}
