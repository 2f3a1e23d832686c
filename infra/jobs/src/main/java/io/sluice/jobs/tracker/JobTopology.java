package io.sluice.jobs.tracker;

import io.sluice.jobs.superseding.OpenJobIndex;
import io.sluice.jobs.superseding.SupersedingProcessor;
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
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * job-events.v1 → fold by job → jobs.v1, and from there → by subject → {@code superseded} back into job-events.v1. Every
 * instance keeps all of jobs.v1 on its disk besides.
 *
 * <p>At least once: both stores may be ahead of what was written out when a process dies, so each event is written out
 * again even when it changes nothing.
 */
final class JobTopology {
    /** The jobs of the partitions that this instance folds, for the last 30 days, by job id. */
    static final String JOBS = "jobs";
    /** The jobs of all partitions, read back from jobs.v1, so that any instance answers for any job; by job id. */
    static final String ALL_JOBS = "all-jobs";
    /** The jobs that are not over; {@link OpenJobIndex} knows the keys. */
    static final String OPEN_JOBS = "open-jobs-by-version";

    /** How long a job is kept after it moved last. */
    static final Duration KEPT = Duration.ofDays(30);

    private JobTopology() {}

    /**
     * Draws the topology.
     *
     * @param named gives a topic of the catalogue its name in this deployment
     */
    static Topology topology(UnaryOperator<String> named, JsonSerdes json, Clock clock) {
        var jobEvents = named.apply(Topics.JOB_EVENTS.name());
        var events = json.of(JobEvent.class);
        var jobs = json.of(Job.class);
        var builder = new StreamsBuilder();
        builder.addStateStore(store(JOBS, jobs));
        builder.addStateStore(store(OPEN_JOBS, json.of(OpenJobIndex.Entry.class)));

        var folded = builder.stream(jobEvents, Consumed.with(Serdes.String(), events))
                .filter((id, event) -> id != null && event != null) // whoever wrote that meant no job of ours
                .process(() -> new JobFoldProcessor(clock, KEPT), JOBS);
        var told = named.apply(Topics.JOBS.name());
        folded.to(told, Produced.with(Serdes.String(), jobs));
        builder.globalTable(
                told,
                Consumed.with(Serdes.String(), jobs),
                Materialized.<String, Job>as(Stores.persistentKeyValueStore(ALL_JOBS))
                        .withKeySerde(Serdes.String())
                        .withValueSerde(jobs)
                        .withCachingDisabled());
        folded.filter((id, job) -> job != null && job.subject() != null && job.version() != null)
                .selectKey((id, job) -> job.kind() + ":" + job.subject())
                .repartition(Repartitioned.with(Serdes.String(), jobs).withName("jobs-by-subject"))
                .process(() -> new SupersedingProcessor(OPEN_JOBS, clock), OPEN_JOBS)
                .to(jobEvents, Produced.with(Serdes.String(), events));
        return builder.build();
    }

    private static <V> StoreBuilder<?> store(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values)
                .withCachingDisabled();
    }
}
