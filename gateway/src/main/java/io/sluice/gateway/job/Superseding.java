package io.sluice.gateway.job;

import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobEvent;
import java.time.Clock;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Ends the jobs that wait for a version nobody will see any more: when one version of an entity is in the last sink, the
 * open jobs of older versions are superseded.
 */
final class Superseding extends ContextualProcessor<String, Job, String, JobEvent> {
    private final Clock clock;

    Superseding(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void process(Record<String, Job> seen) {
        var open = new OpenJobs(context().getStateStore(JobTopology.OPEN_JOBS), seen.key());
        open.see(seen.value());
        for (var overtaken : open.supersededBy(seen.value())) {
            context().forward(new Record<>(overtaken.jobId(), superseded(overtaken, seen.value()), seen.timestamp()));
        }
    }

    private JobEvent superseded(OpenJob overtaken, Job newer) {
        return JobEvent.superseded(overtaken.jobId(), newer.kind(), "superseded", clock.instant())
                .withSubject(newer.subject())
                .withVersion(overtaken.version());
    }
}
