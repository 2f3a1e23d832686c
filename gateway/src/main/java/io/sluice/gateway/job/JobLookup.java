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

/** Finds jobs: on the board, or on the disk when the board has forgotten them. */
@Singleton
public final class JobLookup {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** A job accepted by another gateway a moment ago is on its way here. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(1);

    private final JobBoard board;
    private final BooleanSupplier areAllKnown;
    private final Clock clock;

    @Inject
    JobLookup(JobBoard board, JobTracker tracker, Clock clock) {
        this(board, () -> tracker.isRunning() && tracker.isCaughtUp(), clock);
    }

    /** @param areAllKnown whether what was not found is not there; else it may only not have been read yet */
    public JobLookup(JobBoard board, BooleanSupplier areAllKnown, Clock clock) {
        this.board = board;
        this.areAllKnown = areAllKnown;
        this.clock = clock;
    }

    /**
     * {@return the job; empty when there was never one, as far as is known here by now}
     *
     * @throws ProblemException when that cannot be told: jobs are being read, at a start or after a failure
     */
    public Optional<Job> known(String id) {
        var canTell = areAllKnown.getAsBoolean();
        var job = board.find(id);
        if (job.isEmpty() && !(canTell && areAllKnown.getAsBoolean())) {
            throw new ProblemException(
                    GatewayProblem.JOBS_UNAVAILABLE, "Jobs are still being read here; try again in a moment.");
        }
        return job;
    }

    /** {@return whether a job that is not found, and began then, is forgotten; else it may be on its way, or not read yet} */
    public boolean hasForgotten(Instant begun) {
        return areAllKnown.getAsBoolean() && begun.isBefore(clock.instant().minus(JobTracker.KEPT));
    }

    /** {@return the job} When it is not known it may be on its way, and this waits for it a moment. */
    public Optional<Job> find(String id) {
        return board.find(id)
                .or(() -> UUID.matcher(id).matches()
                        ? new Wait(ON_ITS_WAY, null).await(board.whenKnown(id))
                        : Optional.empty())
                .or(() -> known(id));
    }
}
