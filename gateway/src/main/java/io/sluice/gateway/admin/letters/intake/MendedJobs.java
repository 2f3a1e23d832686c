package io.sluice.gateway.admin.letters.intake;

import io.sluice.gateway.intake.Intake;
import io.sluice.jobs.board.JobBoard;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobKind;
import io.sluice.stores.letters.LetterArrivals.Passed;
import jakarta.inject.Singleton;
import java.time.Clock;

/**
 * Ends the jobs that the desk made for records without a job, when their pipeline reports nothing but that the letter is
 * mended. Other pipelines end the job themselves.
 */
@Singleton
final class MendedJobs {
    private final JobBoard board;
    private final Intake intake;
    private final Clock clock;

    MendedJobs(JobBoard board, Intake intake, Clock clock) {
        this.board = board;
        this.intake = intake;
        this.clock = clock;
    }

    void end(Passed passed) {
        if (passed.stage().equals(JobEvent.MENDED)) {
            board.find(passed.jobId())
                    .filter(job ->
                            job.kind().equals(JobKind.REDRIVE) && !job.status().isTerminal())
                    .ifPresent(job -> {
                        var ended = JobEvent.succeeded(job.jobId(), JobKind.REDRIVE, JobEvent.MENDED, clock.instant());
                        var _ = Intake.await(intake.writeJobEvent(ended));
                    });
        }
    }
}
