package io.sluice.gateway.admin.letters.redrive;

import io.sluice.gateway.intake.Intake;
import io.sluice.gateway.intake.JobIds;
import io.sluice.jobs.board.JobBoard;
import io.sluice.jobs.fold.JobFold;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobKind;
import io.sluice.stores.letters.Letter;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Gives a record that belongs to no job a job of its own, and shows it. */
@Singleton
final class RedriveJobs {
    private final Intake intake;
    private final JobBoard board;
    private final JobIds ids;
    private final Clock clock;

    RedriveJobs(Intake intake, JobBoard board, JobIds ids, Clock clock) {
        this.intake = intake;
        this.board = board;
        this.ids = ids;
        this.clock = clock;
    }

    String next() {
        return ids.next();
    }

    void show(String jobId, Letter letter) {
        var queued = JobEvent.queued(jobId, JobKind.REDRIVE, clock.instant())
                .withSubject(letter.record().key());
        var _ = Intake.await(intake.writeJobEvent(queued));
        board.add(JobFold.begin(queued));
    }
}
