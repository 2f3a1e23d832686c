package io.sluice.schemas.job;

import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.EntityEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One step of one job. The factory that is named after its outcome makes it; withers add what else is known.
 *
 * @param jobId id of the job
 * @param kind what the job is about, see {@link JobKind}
 * @param stage what was done, as a past participle: {@code accepted, embedded, indexed}
 * @param outcome status of the job after the step
 * @param counts absolute counts, never differences, so that a fold takes the larger one
 * @param error why the job failed or is tried again; null otherwise
 * @param subject the entity that the job is about, such as the product id
 * @param version the version of the entity that this job made; null while unknown
 * @param fingerprint SHA-256 of what the caller sent, in hex, when the call had an idempotency key; only in the first
 *     step
 * @param owner id of the account that the job belongs to; null when it belongs to no single account
 * @param facts other facts about the job, by name, such as the encoding of its file
 * @param nextAttemptAt when a record that failed is tried again; null when that is not known, or nothing waits
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
        @Nullable String owner,
        Map<String, String> facts,
        @Nullable Instant nextAttemptAt,
        Instant at)
        implements EntityEvent {
    /**
     * The fact that a step is about a record that was sent back from the dead letters; its value is the dead letter. Such
     * a step reopens a job that is dead.
     */
    public static final String REDRIVEN_FROM = "redriven_from";

    /** The stage of a step that says only that a dead letter is mended. */
    public static final String MENDED = "mended";

    private static final int MAX = 255;

    public JobEvent {
        Checks.text("job_id", jobId, MAX);
        Checks.text("kind", kind, MAX);
        Checks.text("stage", stage, MAX);
        Checks.required("outcome", outcome);
        Checks.required("at", at);
        if (owner != null) {
            Checks.text("owner", owner, MAX);
        }
        counts = Map.copyOf(Objects.requireNonNullElse(counts, Map.of()));
        facts = Map.copyOf(Objects.requireNonNullElse(facts, Map.of()));
    }

    /** {@return whether a step can have this text as its job id} */
    public static boolean isJobId(@Nullable String text) {
        return text != null && !text.isBlank() && text.length() <= MAX && text.indexOf('\0') < 0;
    }

    /** {@return the first step: the request is accepted and durable, and no processor has reported yet} */
    public static JobEvent queued(String jobId, String kind, Instant at) {
        return of(jobId, kind, "accepted", JobStatus.QUEUED, at);
    }

    /** {@return a step in which a processor has done its part, and others still have to do theirs} */
    public static JobEvent step(String jobId, String kind, String stage, Instant at) {
        return of(jobId, kind, stage, JobStatus.PROCESSING, at);
    }

    /** {@return the last step: the last sink has confirmed its write} */
    public static JobEvent succeeded(String jobId, String kind, String stage, Instant at) {
        return of(jobId, kind, stage, JobStatus.SUCCEEDED, at);
    }

    /** {@return the last step: the job cannot be done, and why} */
    public static JobEvent failed(String jobId, String kind, String stage, JobError error, Instant at) {
        return of(jobId, kind, stage, JobStatus.FAILED, at).withError(error);
    }

    /** {@return the last step: a newer version of the same entity came first} */
    public static JobEvent superseded(String jobId, String kind, String stage, Instant at) {
        return of(jobId, kind, stage, JobStatus.SUPERSEDED, at);
    }

    /** {@return the last step: a caller asked for the job to stop} */
    public static JobEvent canceled(String jobId, String kind, Instant at) {
        return of(jobId, kind, "canceled", JobStatus.CANCELED, at);
    }

    /**
     * Returns a step whose outcome is known only when it ends. Prefer the factories that are named after an outcome.
     */
    public static JobEvent of(String jobId, String kind, String stage, JobStatus outcome, Instant at) {
        return new JobEvent(jobId, kind, stage, outcome, Map.of(), null, null, null, null, null, Map.of(), null, at);
    }

    /** {@return this step with these absolute counts} */
    public JobEvent withCounts(Map<String, Long> counts) {
        var copy = new Copy(this);
        copy.counts = counts;
        return copy.made();
    }

    /** {@return this step, about this entity} */
    public JobEvent withSubject(@Nullable String subject) {
        var copy = new Copy(this);
        copy.subject = subject;
        return copy.made();
    }

    /** {@return this step, about this version of its entity} */
    public JobEvent withVersion(@Nullable Long version) {
        var copy = new Copy(this);
        copy.version = version;
        return copy.made();
    }

    /** {@return this step with the fingerprint of what the caller sent} */
    public JobEvent withFingerprint(@Nullable String fingerprint) {
        var copy = new Copy(this);
        copy.fingerprint = fingerprint;
        return copy.made();
    }

    /** {@return this step of a job that belongs to this account} */
    public JobEvent withOwner(@Nullable String owner) {
        var copy = new Copy(this);
        copy.owner = owner;
        return copy.made();
    }

    /** {@return this step with the reason why the job failed or is tried again} */
    public JobEvent withError(@Nullable JobError error) {
        var copy = new Copy(this);
        copy.error = error;
        return copy.made();
    }

    /** {@return this step with these facts about the job} */
    public JobEvent withFacts(Map<String, String> facts) {
        var copy = new Copy(this);
        copy.facts = facts;
        return copy.made();
    }

    /** {@return this step, about a record that was sent back from this dead letter; null changes nothing} */
    public JobEvent redrivenFrom(@Nullable String letter) {
        if (letter == null) {
            return this;
        }
        var more = new HashMap<>(facts);
        more.put(REDRIVEN_FROM, letter);
        return withFacts(more);
    }

    /** {@return this step, after which the record is tried again at this time} */
    public JobEvent withNextAttemptAt(@Nullable Instant nextAttemptAt) {
        var copy = new Copy(this);
        copy.nextAttemptAt = nextAttemptAt;
        return copy.made();
    }

    /** The values of a step that withers change. */
    private static final class Copy {
        private final JobEvent step;
        private Map<String, Long> counts;
        private @Nullable JobError error;
        private @Nullable String subject;
        private @Nullable Long version;
        private @Nullable String fingerprint;
        private @Nullable String owner;
        private Map<String, String> facts;
        private @Nullable Instant nextAttemptAt;

        Copy(JobEvent step) {
            this.step = step;
            this.counts = step.counts;
            this.error = step.error;
            this.subject = step.subject;
            this.version = step.version;
            this.fingerprint = step.fingerprint;
            this.owner = step.owner;
            this.facts = step.facts;
            this.nextAttemptAt = step.nextAttemptAt;
        }

        JobEvent made() {
            return new JobEvent(
                    step.jobId,
                    step.kind,
                    step.stage,
                    step.outcome,
                    counts,
                    error,
                    subject,
                    version,
                    fingerprint,
                    owner,
                    facts,
                    nextAttemptAt,
                    step.at);
        }
    }

    @Override
    public String key() {
        return jobId;
    }
}
