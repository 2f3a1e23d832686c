package io.sluice.gateway.idempotency;

import io.sluice.gateway.job.JobLookup;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.schemas.job.Job;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * Lets each key make one job. That a call was sent before is known from the job itself, so every gateway knows it, after a
 * restart too, for as long as jobs are kept; only whose call is being answered is known at this gateway alone. So when two
 * gateways get the same new key in the same instant, both write: the same product twice, under one job, which ends once. Had
 * they different contents, both are taken in under that job, and the one caller may be told of the other's end.
 */
@Singleton
public final class IdempotentCalls {
    private final Function<String, Optional<Job>> jobs;
    private final ConcurrentMap<String, Fingerprint> beingAnswered = new ConcurrentHashMap<>();

    @Inject
    IdempotentCalls(JobLookup jobs) {
        this(jobs::known);
    }

    /** @param jobs finds a job by its id */
    public IdempotentCalls(Function<String, Optional<Job>> jobs) {
        this.jobs = jobs;
    }

    /**
     * {@return what the call may do}
     *
     * @param jobId the job that its key names
     * @param subject what the call is about
     * @throws ProblemException when the key was used with something else, or the first call with it is being answered
     */
    public Claim claim(String jobId, String subject, Fingerprint fingerprint) {
        var known = beingAnswered.containsKey(jobId) ? Optional.<Job>empty() : jobs.apply(jobId);
        if (known.isPresent()) {
            return repeated(known.get(), subject, fingerprint);
        }
        var other = beingAnswered.putIfAbsent(jobId, fingerprint);
        if (other != null) {
            throw new ProblemException(other.equals(fingerprint) ? inUse(jobId) : reused(jobId));
        }
        return first(jobId, subject, fingerprint);
    }

    /** Looks once more: the job may have been made between the look and the claim. */
    private Claim first(String jobId, String subject, Fingerprint fingerprint) {
        Runnable release = () -> beingAnswered.remove(jobId, fingerprint);
        try {
            var known = jobs.apply(jobId);
            if (known.isEmpty()) {
                return new Claim.First(jobId, fingerprint, release);
            }
            release.run();
            return repeated(known.get(), subject, fingerprint);
        } catch (RuntimeException e) {
            release.run();
            throw e;
        }
    }

    /** {@return how many first calls are being answered} */
    public int beingAnswered() {
        return beingAnswered.size();
    }

    private static Claim.Repeated repeated(Job job, String subject, Fingerprint fingerprint) {
        if (isOf(job, subject, fingerprint)) {
            return new Claim.Repeated(job);
        }
        throw new ProblemException(reused(job.jobId()));
    }

    /** A processor may tell of the job before the gateway that took it in does; then only what it is about is known. */
    private static boolean isOf(Job job, String subject, Fingerprint fingerprint) {
        var before = job.fingerprint();
        return before == null
                ? job.subject() == null || job.subject().equals(subject)
                : before.equals(fingerprint.sha256());
    }

    private static Problem inUse(String jobId) {
        return Problem.of(
                        GatewayProblem.IDEMPOTENCY_KEY_IN_USE,
                        "The first call with this key is being answered; send again in a moment, or look at its job.")
                .withJob(jobId);
    }

    private static Problem reused(String jobId) {
        return Problem.of(
                        GatewayProblem.IDEMPOTENCY_KEY_REUSED,
                        "This key came with another content before; a new request needs a new key.")
                .withJob(jobId);
    }
}
