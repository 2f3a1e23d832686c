package io.sluice.schemas.job;

import io.sluice.schemas.Checks;
import io.sluice.schemas.EntityEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One step of one job.
 *
 * @param jobId the job's id
 * @param kind what the job is about, see {@link JobKind}
 * @param stage what was done, as a past participle: {@code accepted, embedded, indexed}
 * @param outcome where the step leaves the job
 * @param counts absolute counts, never deltas, so that they fold by maximum
 * @param error why, when the outcome is not a happy one
 * @param subject the entity the job is about, such as the product id
 * @param version the entity's version this job made; null while unknown
 * @param fingerprint SHA-256 of what the caller sent, in hex, when the call had an idempotency key; of the first step only
 * @param facts what else is to be known about the job, by name, such as the encoding of its file
 * @param at when the step ended
 */
public record JobEvent(
        String jobId,
        String kind,
        String stage,
        JobStatus outcome,
        Map<String, Long> counts,
        @Nullable JobError error,
        @Nullable String subject,
        @Nullable Long version,
        @Nullable String fingerprint,
        Map<String, String> facts,
        Instant at)
        implements EntityEvent {
    private static final int MAX = 255;

    public JobEvent {
        Checks.text("job_id", jobId, MAX);
        Checks.text("kind", kind, MAX);
        Checks.text("stage", stage, MAX);
        Checks.required("outcome", outcome);
        Checks.required("at", at);
        counts = Map.copyOf(Objects.requireNonNullElse(counts, Map.of()));
        facts = Map.copyOf(Objects.requireNonNullElse(facts, Map.of()));
    }

    /** A step without a fingerprint and facts. */
    public JobEvent(
            String jobId,
            String kind,
            String stage,
            JobStatus outcome,
            Map<String, Long> counts,
            @Nullable JobError error,
            @Nullable String subject,
            @Nullable Long version,
            Instant at) {
        this(jobId, kind, stage, outcome, counts, error, subject, version, null, Map.of(), at);
    }

    @Override
    public String key() {
        return jobId;
    }
}
