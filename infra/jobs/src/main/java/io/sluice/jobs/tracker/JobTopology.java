package io.sluice.jobs.tracker;

import io.sluice.jobs.board.JobBoard;
import io.sluice.jobs.store.JobStore;
import io.sluice.jobs.superseding.OpenJobIndex;
import io.sluice.jobs.superseding.SupersedingProcessor;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.Topics;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * job-events.v1 → fold by job → jobs.v1, and from there → by subject → {@code superseded} back into job-events.v1.
 * Every instance also keeps all of jobs.v1 on its disk.
 *
 * <p>At least once: when a process dies, both stores may be ahead of what it has written to the topics. So each event
 * is written again, even when it changes nothing.
 */
public final class JobTopology {
    /** The jobs of the partitions that this instance folds, for the last 30 days, by job id. */
    static final String JOBS = "jobs";
    /** The jobs of all partitions, by job id, read back from jobs.v1, so that any instance can answer for any job. */
    static final String ALL_JOBS = "all-jobs";
    /** The jobs that have not ended; {@link OpenJobIndex} makes the keys. */
    static final String OPEN_JOBS = "open-jobs-by-version";

    /** How long a job is kept after its last change. */
    static final Duration KEPT = Duration.ofDays(30);

    private final JsonSerdes json;
    private final Clock clock;
    private final JobStore stored;
    private final JobBoard board;

    /**
     * Makes a description of the topology; {@link #build} makes the topology itself.
     *
     * @param stored finds a job on the disk of this instance, once Kafka Streams has opened the store
     * @param board gets every job
     */
    public JobTopology(JsonCodec codec, Clock clock, JobStore stored, JobBoard board) {
        this.json = new JsonSerdes(codec);
        this.clock = clock;
        this.stored = stored;
        this.board = board;
    }

    /**
     * Returns the topology. Every operator and store has a fixed name, so that an upgrade finds its state.
     *
     * @param named gives a topic of the catalogue its name in this deployment
     */
    Topology build(UnaryOperator<String> named) {
        var builder = new StreamsBuilder();
        var events = json.of(JobEvent.class);
        var jobs = json.of(Job.class);
        builder.addStateStore(store(JOBS, jobs));
        builder.addStateStore(store(OPEN_JOBS, json.of(OpenJobIndex.Entry.class)));
        var jobEvents = named.apply(Topics.JOB_EVENTS.name());
        var folded = builder.stream(
                        jobEvents, Consumed.with(Serdes.String(), events).withName("job-events"))
                // a record without a key or a value is about no job
                .filter((id, event) -> id != null && event != null, Named.as("events-of-jobs"))
                .process(() -> new JobFoldProcessor(clock, KEPT), Named.as("fold"), JOBS);
        folded.to(
                named.apply(Topics.JOBS.name()),
                Produced.with(Serdes.String(), jobs).withName("jobs"));
        // Kafka Streams numbers the folders of the state in the order of these calls: another order would not find the
        // state again.
        builder.addGlobalStore(
                store(ALL_JOBS, jobs).withLoggingDisabled(),
                named.apply(Topics.JOBS.name()),
                Consumed.with(Serdes.String(), jobs).withName("all-jobs-source"),
                () -> new JobStoreProcessor(stored, board, clock));
        folded.filter(
                        (id, job) -> job != null && job.subject() != null && job.version() != null,
                        Named.as("jobs-of-versions"))
                .selectKey((id, job) -> job.kind() + ":" + job.subject(), Named.as("by-subject"))
                .repartition(Repartitioned.with(Serdes.String(), jobs).withName("jobs-by-subject"))
                .process(() -> new SupersedingProcessor(OPEN_JOBS, clock), Named.as("supersede"), OPEN_JOBS)
                .to(jobEvents, Produced.with(Serdes.String(), events).withName("superseded-events"));
        return builder.build();
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values)
                .withCachingDisabled();
    }
}
