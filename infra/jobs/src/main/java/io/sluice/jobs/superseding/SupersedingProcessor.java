package io.sluice.jobs.superseding;

import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobEvent;
import java.time.Clock;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Ends the open jobs of older versions as superseded, once a newer version of the entity has reached the last sink. */
public final class SupersedingProcessor extends ContextualProcessor<String, Job, String, JobEvent> {
    private final String store;
    private final Clock clock;

    /** @param store the name of the state store that holds the {@link OpenJobIndex} */
    public SupersedingProcessor(String store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void process(Record<String, Job> changed) {
        var open = new OpenJobIndex(context().getStateStore(store), changed.key());
        open.update(changed.value());
        for (var overtaken : open.supersededBy(changed.value())) {
            context()
                    .forward(new Record<>(
                            overtaken.jobId(), superseded(overtaken, changed.value()), changed.timestamp()));
        }
    }

    private JobEvent superseded(OpenJobIndex.Entry overtaken, Job newer) {
        return JobEvent.superseded(overtaken.jobId(), newer.kind(), "superseded", clock.instant())
                .withSubject(newer.subject())
                .withVersion(overtaken.version());
    }
}
