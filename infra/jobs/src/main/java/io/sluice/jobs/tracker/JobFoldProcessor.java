package io.sluice.jobs.tracker;

import io.sluice.jobs.fold.JobFold;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobEvent;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Folds each event into its job, and writes a tombstone for each job that has not changed for a long time. */
final class JobFoldProcessor extends ContextualProcessor<String, JobEvent, String, Job> {
    private static final Duration SWEEP = Duration.ofHours(6);

    private final Clock clock;
    private final Duration kept;

    JobFoldProcessor(Clock clock, Duration kept) {
        this.clock = clock;
        this.kept = kept;
    }

    @Override
    public void init(ProcessorContext<String, Job> context) {
        super.init(context);
        context.schedule(SWEEP, PunctuationType.WALL_CLOCK_TIME, now -> deleteOld());
    }

    @Override
    public void process(Record<String, JobEvent> event) {
        var jobs = jobs();
        var job = JobFold.fold(jobs.get(event.key()), event.value());
        jobs.put(event.key(), job);
        context().forward(event.withValue(job));
    }

    private void deleteOld() {
        var oldest = clock.instant().minus(kept);
        var jobs = jobs();
        try (var all = jobs.all()) {
            while (all.hasNext()) {
                var entry = all.next();
                if (entry.value.updatedAt().isBefore(oldest)) {
                    jobs.delete(entry.key);
                    context().forward(new Record<>(entry.key, null, clock.millis()));
                }
            }
        }
    }

    private KeyValueStore<String, Job> jobs() {
        return context().getStateStore(JobTopology.JOBS);
    }
}
