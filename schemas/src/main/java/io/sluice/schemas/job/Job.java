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
 * @param nextAttemptAt while the job is retrying: when its record is tried again; null when that is not known
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
        @Nullable Instant nextAttemptAt,
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
        return new Job(jobId, kind, status, List.of(), Map.of(), null, null, null, null, null, Map.of(), null, at, at);
    }

    /**
     * {@return this job with this status}
     *
     * @param error why the job failed or is tried again; null otherwise
     */
    public Job withStatus(JobStatus status, @Nullable JobError error, Instant updatedAt) {
        var copy = new Copy(this);
        copy.status = status;
        copy.error = error;
        copy.updatedAt = updatedAt;
        return copy.made();
    }

    /** {@return this job with this history} */
    public Job withStages(List<Stage> stages) {
        var copy = new Copy(this);
        copy.stages = stages;
        return copy.made();
    }

    /** {@return this job with these absolute counts} */
    public Job withCounts(Map<String, Long> counts) {
        var copy = new Copy(this);
        copy.counts = counts;
        return copy.made();
    }

    /** {@return this job, about this entity} */
    public Job withSubject(@Nullable String subject) {
        var copy = new Copy(this);
        copy.subject = subject;
        return copy.made();
    }

    /** {@return this job, about this version of its entity} */
    public Job withVersion(@Nullable Long version) {
        var copy = new Copy(this);
        copy.version = version;
        return copy.made();
    }

    /** {@return this job with the fingerprint of what the caller sent} */
    public Job withFingerprint(@Nullable String fingerprint) {
        var copy = new Copy(this);
        copy.fingerprint = fingerprint;
        return copy.made();
    }

    /** {@return this job, which belongs to this account} */
    public Job withOwner(@Nullable String owner) {
        var copy = new Copy(this);
        copy.owner = owner;
        return copy.made();
    }

    /** {@return this job with these facts} */
    public Job withFacts(Map<String, String> facts) {
        var copy = new Copy(this);
        copy.facts = facts;
        return copy.made();
    }

    /** {@return this job, whose record is tried again at this time} */
    public Job withNextAttemptAt(@Nullable Instant nextAttemptAt) {
        var copy = new Copy(this);
        copy.nextAttemptAt = nextAttemptAt;
        return copy.made();
    }

    /** {@return this job with this time of creation} */
    public Job withCreatedAt(Instant createdAt) {
        var copy = new Copy(this);
        copy.createdAt = createdAt;
        return copy.made();
    }

    /** The values of a job, of which a wither changes some. */
    private static final class Copy {
        private final String jobId;
        private final String kind;
        private JobStatus status;
        private List<Stage> stages;
        private Map<String, Long> counts;
        private @Nullable JobError error;
        private @Nullable String subject;
        private @Nullable Long version;
        private @Nullable String fingerprint;
        private @Nullable String owner;
        private Map<String, String> facts;
        private @Nullable Instant nextAttemptAt;
        private Instant createdAt;
        private Instant updatedAt;

        Copy(Job job) {
            this.jobId = job.jobId;
            this.kind = job.kind;
            this.status = job.status;
            this.stages = job.stages;
            this.counts = job.counts;
            this.error = job.error;
            this.subject = job.subject;
            this.version = job.version;
            this.fingerprint = job.fingerprint;
            this.owner = job.owner;
            this.facts = job.facts;
            this.nextAttemptAt = job.nextAttemptAt;
            this.createdAt = job.createdAt;
            this.updatedAt = job.updatedAt;
        }

        Job made() {
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
                    nextAttemptAt,
                    createdAt,
                    updatedAt);
        }
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
