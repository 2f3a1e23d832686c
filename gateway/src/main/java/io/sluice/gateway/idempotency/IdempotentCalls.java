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
 * Makes each idempotency key create one job. The job itself shows that a call was sent before, so every gateway knows
 * it, also after a restart, for as long as jobs are kept. Only this gateway knows which first calls it is still
 * answering. So when two gateways receive the same new key at the same moment, both write the product, under one job,
 * which ends once. If the two calls have different contents, both are accepted under that job, and one caller may
 * receive the outcome of the other call.
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
     * {@return whether the call creates the job or repeats an earlier call}
     *
     * @param jobId the id computed from the call's key
     * @param subject the id of the product or import that the call is about
     * @throws ProblemException when the key was sent with another content before, when the first call with it is still
     *     being answered, or when jobs cannot be found yet
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

    /** Looks for the job again, because another call may have created it after the first lookup. */
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

    /**
     * An event of a processor may arrive before the gateway's event that has the fingerprint. Then only the subject can
     * be compared.
     */
    private static boolean isOf(Job job, String subject, Fingerprint fingerprint) {
        var before = job.fingerprint();
        return before == null
                ? job.subject() == null || job.subject().equals(subject)
                : before.equals(fingerprint.sha256());
    }

    private static Problem inUse(String jobId) {
        return Problem.of(
                        GatewayProblem.IDEMPOTENCY_KEY_IN_USE,
                        "The first call with this key is still being answered; send it again in a moment, or read its job.")
                .withJob(jobId);
    }

    private static Problem reused(String jobId) {
        return Problem.of(
                        GatewayProblem.IDEMPOTENCY_KEY_REUSED,
                        "This key was sent with another content before; use a new key for a new request.")
                .withJob(jobId);
    }
}
