package io.sluice.gateway.job;

import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobStatus;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

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
        KeyValueStore<String, OpenJobs> openJobs = context().getStateStore(JobTopology.OPEN_JOBS);
        var before = openJobs.get(seen.key());
        var open = (before == null ? OpenJobs.none() : before).with(seen.value());
        openJobs.put(seen.key(), open.isEmpty() ? null : open);
        for (var jobId : open.supersededBy(seen.value())) {
            var event = superseded(jobId, open, seen.value());
            context().forward(new Record<>(jobId, event, seen.timestamp()));
        }
    }

    private JobEvent superseded(String jobId, OpenJobs open, Job newer) {
        return new JobEvent(
                jobId,
                newer.kind(),
                "superseded",
                JobStatus.SUPERSEDED,
                Map.of(),
                null,
                newer.subject(),
                open.versions().get(jobId),
                clock.instant());
    }
}
