package io.sluice.gateway.job;

import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.jobs.board.JobBoard;
import io.sluice.jobs.tracker.JobTracker;
import io.sluice.schemas.job.Job;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** Finds jobs: in memory, or on disk when they are no longer in memory. */
@Singleton
public final class JobLookup {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** The wait for a job that another gateway may have accepted a moment ago. */
    private static final Duration PROPAGATION_WAIT = Duration.ofSeconds(1);

    private final JobBoard board;
    private final BooleanSupplier areAllKnown;
    private final Clock clock;

    @Inject
    JobLookup(JobBoard board, JobTracker tracker, Clock clock) {
        this(board, () -> tracker.isRunning() && tracker.isCaughtUp(), clock);
    }

    /** @param areAllKnown whether this gateway has read every job; if not, a job that is not found may exist */
    public JobLookup(JobBoard board, BooleanSupplier areAllKnown, Clock clock) {
        this.board = board;
        this.areAllKnown = areAllKnown;
        this.clock = clock;
    }

    /**
     * {@return the job; empty when this gateway has read every job and knows none with this id}
     *
     * @throws ProblemException when the job is not found and this gateway is still reading jobs, after its start or a
     *     failure
     */
    public Optional<Job> known(String id) {
        var canTell = areAllKnown.getAsBoolean();
        var job = board.find(id);
        if (job.isEmpty() && !(canTell && areAllKnown.getAsBoolean())) {
            throw new ProblemException(
                    GatewayProblem.JOBS_UNAVAILABLE, "The gateway is still reading the jobs; try again in a moment.");
        }
        return job;
    }

    /**
     * Returns whether a job that was not found, and began at this time, is older than jobs are kept. Otherwise this
     * gateway may not have read the job yet.
     */
    public boolean hasForgotten(Instant begun) {
        return areAllKnown.getAsBoolean() && begun.isBefore(clock.instant().minus(JobTracker.KEPT));
    }

    /**
     * Finds a job. When it is not known, this waits up to a second for it, because another gateway may have accepted
     * it.
     *
     * @throws ProblemException as {@link #known} does
     */
    public Optional<Job> find(String id) {
        return board.find(id)
                .or(() -> UUID.matcher(id).matches()
                        ? new Wait(PROPAGATION_WAIT, null).await(board.whenKnown(id))
                        : Optional.empty())
                .or(() -> known(id));
    }
}
