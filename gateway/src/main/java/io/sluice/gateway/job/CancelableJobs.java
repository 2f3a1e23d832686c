package io.sluice.gateway.job;

import io.sluice.gateway.principal.Principal;
import io.sluice.schemas.job.Job;
import io.sluice.web.problem.ProblemException;

/**
 * Stops jobs of one kind. A feature of the gateway implements it as a bean for the kind of its own jobs. A job of a kind
 * without such a bean cannot be stopped.
 */
public interface CancelableJobs {
    /** {@return the kind of the jobs, see {@link io.sluice.schemas.job.JobKind}} */
    String kind();

    /**
     * Stops an open job. Returns when the stop is durable: the job is {@code canceled} on every gateway soon, whatever
     * crashes after that.
     *
     * @param job an open job of this kind, which the caller may see
     * @return the job after the stop
     * @throws ProblemException when the job has ended meanwhile (409), or a store or Kafka is not available (503)
     */
    Job cancel(Job job, Principal caller);
}
