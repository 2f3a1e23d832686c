package io.sluice.schemas.job;

import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.EntityEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state of a job: what its steps add up to so far. {@link #of} makes it; withers add what else is known.
 *
 * @param stages in order of time
 * @param subject the entity that the job is about
 * @param version the version of the entity that this job made; null while unknown
 * @param fingerprint SHA-256 of what the caller sent, in hex; null when the call had no idempotency key
 * @param owner id of the account that the job belongs to; null when it belongs to no single account
 * @param facts other facts about the job that its steps reported, by name
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
        @Nullable String owner,
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

    /** {@return a job with this status since then, of which nothing else is known yet} */
    public static Job of(String jobId, String kind, JobStatus status, Instant at) {
        return new Job(jobId, kind, status, List.of(), Map.of(), null, null, null, null, null, Map.of(), at, at);
    }

    /**
     * {@return this job with this status}
     *
     * @param error why the job failed or is tried again; null otherwise
     */
    public Job withStatus(JobStatus status, @Nullable JobError error, Instant updatedAt) {
        return new Job(
                jobId,
                kind,
                status,
                stages,
                counts,
                error,
                subject,
                version,
                fingerprint,
                owner,
                facts,
                createdAt,
                updatedAt);
    }

    /** {@return this job with this history} */
    public Job withStages(List<Stage> stages) {
        return new Job(
                jobId,
                kind,
                status,
                stages,
                counts,
                error,
                subject,
                version,
                fingerprint,
                owner,
                facts,
                createdAt,
                updatedAt);
    }

    /** {@return this job with these absolute counts} */
    public Job withCounts(Map<String, Long> counts) {
        return new Job(
                jobId,
                kind,
                status,
                stages,
                counts,
                error,
                subject,
                version,
                fingerprint,
                owner,
                facts,
                createdAt,
                updatedAt);
    }

    /** {@return this job, about this entity} */
    public Job withSubject(@Nullable String subject) {
        return new Job(
                jobId,
                kind,
                status,
                stages,
                counts,
                error,
                subject,
                version,
                fingerprint,
                owner,
                facts,
                createdAt,
                updatedAt);
    }

    /** {@return this job, about this version of its entity} */
    public Job withVersion(@Nullable Long version) {
        return new Job(
                jobId,
                kind,
                status,
                stages,
                counts,
                error,
                subject,
                version,
                fingerprint,
                owner,
                facts,
                createdAt,
                updatedAt);
    }

    /** {@return this job with the fingerprint of what the caller sent} */
    public Job withFingerprint(@Nullable String fingerprint) {
        return new Job(
                jobId,
                kind,
                status,
                stages,
                counts,
                error,
                subject,
                version,
                fingerprint,
                owner,
                facts,
                createdAt,
                updatedAt);
    }

    /** {@return this job, which belongs to this account} */
    public Job withOwner(@Nullable String owner) {
        return new Job(
                jobId,
                kind,
                status,
                stages,
                counts,
                error,
                subject,
                version,
                fingerprint,
                owner,
                facts,
                createdAt,
                updatedAt);
    }

    /** {@return this job with these facts} */
    public Job withFacts(Map<String, String> facts) {
        return new Job(
                jobId,
                kind,
                status,
                stages,
                counts,
                error,
                subject,
                version,
                fingerprint,
                owner,
                facts,
                createdAt,
                updatedAt);
    }

    /** {@return this job with this time of creation} */
    public Job withCreatedAt(Instant createdAt) {
        return new Job(
                jobId,
                kind,
                status,
                stages,
                counts,
                error,
                subject,
                version,
                fingerprint,
                owner,
                facts,
                createdAt,
                updatedAt);
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
