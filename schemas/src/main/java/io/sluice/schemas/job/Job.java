package io.sluice.schemas.job;

import io.sluice.schemas.Checks;
import io.sluice.schemas.EntityEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of a job add up to so far.
 *
 * @param stages in the order they were reported
 * @param subject the entity the job is about
 * @param version the entity's version this job made; null while unknown
 * @param fingerprint SHA-256 of what the caller sent, in hex; null when the call had no idempotency key
 * @param facts what else its steps said about the job, by name
 */
public record Job(
        String jobId,
        String kind,
        JobStatus status,
        List<Stage> stages,
        Map<String, Long> counts,
        @Nullable JobError error,
        @Nullable String subject,
        @Nullable Long version,
        @Nullable String fingerprint,
        Map<String, String> facts,
        Instant createdAt,
        Instant updatedAt)
        implements EntityEvent {

    public Job {
        Checks.required("job_id", jobId);
        Checks.required("kind", kind);
        Checks.required("status", status);
        stages = List.copyOf(Objects.requireNonNullElse(stages, List.of()));
        counts = Map.copyOf(Objects.requireNonNullElse(counts, Map.of()));
        facts = Map.copyOf(Objects.requireNonNullElse(facts, Map.of()));
        Checks.required("created_at", createdAt);
        Checks.required("updated_at", updatedAt);
    }

    /** A job without a fingerprint and facts. */
    public Job(
            String jobId,
            String kind,
            JobStatus status,
            List<Stage> stages,
            Map<String, Long> counts,
            @Nullable JobError error,
            @Nullable String subject,
            @Nullable Long version,
            Instant createdAt,
            Instant updatedAt) {
        this(jobId, kind, status, stages, counts, error, subject, version, null, Map.of(), createdAt, updatedAt);
    }

    @Override
    public String key() {
        return jobId;
    }

    /**
     * One line of a job's history.
     *
     * @param tookMs milliseconds since the stage before it, or since the job was created
     */
    public record Stage(String stage, Instant at, long tookMs) {}
}
