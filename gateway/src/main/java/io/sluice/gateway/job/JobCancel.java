package io.sluice.gateway.job;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.sluice.gateway.principal.Principal;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobStatus;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** Stops a job, when a job of its kind can be stopped. */
@Singleton
final class JobCancel {
    private final Map<String, CancelableJobs> byKind;

    JobCancel(List<CancelableJobs> kinds) {
        this.byKind = kinds.stream().collect(toUnmodifiableMap(CancelableJobs::kind, identity()));
    }

    /**
     * Stops the job and returns its new state. A job that was canceled before stays canceled.
     *
     * @throws ProblemException when the job has ended, or jobs of its kind cannot be stopped
     */
    Job cancel(Job job, Principal caller) {
        if (job.status() == JobStatus.CANCELED) {
            return job;
        }
        if (job.status().isTerminal()) {
            throw new ProblemException(
                    GatewayProblem.JOB_OVER,
                    "The job has ended with the status %s; nothing is left to stop."
                            .formatted(job.status().wireName()));
        }
        var kind = byKind.get(job.kind());
        if (kind == null) {
            throw new ProblemException(
                    GatewayProblem.JOB_NOT_CANCELABLE,
                    "A job of the kind %s cannot be stopped. It ends by itself. These kinds can be stopped: %s."
                            .formatted(
                                    job.kind(),
                                    String.join(
                                            ", ",
                                            byKind.keySet().stream().sorted().toList())));
        }
        return kind.cancel(job, caller);
    }
}
