package io.sluice.gateway.admin.letters.redrive;

import io.sluice.gateway.admin.letters.LetterTopics;
import io.sluice.gateway.intake.Intake;
import io.sluice.gateway.intake.JobIds;
import io.sluice.jobs.board.JobBoard;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.job.JobStatus;
import io.sluice.stores.letters.Letter;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/** Gives a record that belongs to no job a job of its own, and shows it. */
@Singleton
final class RedriveJobs {
    private final Intake intake;
    private final JobBoard board;
    private final JobIds ids;
    private final Clock clock;
    private final LetterTopics topics;

    RedriveJobs(Intake intake, JobBoard board, JobIds ids, Clock clock, LetterTopics topics) {
        this.intake = intake;
        this.board = board;
        this.ids = ids;
        this.clock = clock;
        this.topics = topics;
    }

    String next() {
        return ids.next();
    }

    void show(String jobId, Letter letter) {
        var queued = JobEvent.queued(jobId, JobKind.REDRIVE, clock.instant())
                .withSubject(letter.record().key());
        var _ = Intake.await(intake.writeJobEvent(queued));
        board.apply(queued);
    }

    /**
     * Shows that the dead job of a record goes on. Without this, a caller that asks for the job at once would take it for
     * dead again.
     *
     * @param at before the record was sent, so that what becomes of the record counts more
     */
    void reopen(String jobId, Letter letter, Instant at) {
        board.find(jobId).filter(job -> job.status() == JobStatus.DEAD).ifPresent(job -> {
            var redriven = JobEvent.step(jobId, job.kind(), "redriven", at).redrivenFrom(topics.header(letter.id()));
            var _ = Intake.await(intake.writeJobEvent(redriven));
            board.apply(redriven);
        });
    }
}
