package io.sluice.jobs.tracker;

import io.sluice.jobs.board.JobBoard;
import io.sluice.jobs.store.JobStore;
import io.sluice.schemas.job.Job;
import java.time.Clock;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Puts each record of jobs.v1 into the store and onto the board. Kafka Streams calls it only for records that the store
 * on the disk does not have yet, so the board is filled from the store first.
 */
final class JobStoreProcessor implements Processor<String, Job, Void, Void> {
    private final JobStore jobs;
    private final JobBoard board;
    private final Clock clock;
    private @Nullable KeyValueStore<String, Job> store;

    JobStoreProcessor(JobStore jobs, JobBoard board, Clock clock) {
        this.jobs = jobs;
        this.board = board;
        this.clock = clock;
    }

    /**
     * Opens the store once, for the first processor: Kafka Streams makes one to catch up, and another one for the time
     * after that.
     */
    @Override
    public void init(ProcessorContext<Void, Void> context) {
        KeyValueStore<String, Job> opened = context.getStateStore(JobTopology.ALL_JOBS);
        store = opened;
        if (!jobs.isOpen()) {
            jobs.open(opened);
            var now = clock.instant();
            board.fill(jobs, now.minus(JobTopology.KEPT), now);
        }
    }

    @Override
    public void process(Record<String, Job> changed) {
        var open = Objects.requireNonNull(store, "store");
        if (changed.value() == null) {
            open.delete(changed.key());
            board.remove(changed.key());
        } else {
            open.put(changed.key(), changed.value());
            board.update(changed.value());
        }
    }
}
