package io.sluice.gateway.admin.letters.batch;

import io.sluice.gateway.intake.Intake;
import io.sluice.jobs.board.JobBoard;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobKind;
import io.sluice.stores.letters.Redrive;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;

/** Tells the job of a redrive how far it is. */
@Singleton
final class RedriveEvents {
    private final Intake intake;
    private final JobBoard board;
    private final Clock clock;

    RedriveEvents(Intake intake, JobBoard board, Clock clock) {
        this.intake = intake;
        this.board = board;
        this.clock = clock;
    }

    void queued(Redrive redrive) {
        publish(redrive, JobEvent.queued(redrive.id(), JobKind.REDRIVE, clock.instant()));
    }

    void went(Redrive redrive) {
        publish(redrive, JobEvent.step(redrive.id(), JobKind.REDRIVE, "redriving", clock.instant()));
    }

    void finished(Redrive redrive) {
        publish(redrive, JobEvent.succeeded(redrive.id(), JobKind.REDRIVE, "redriven", clock.instant()));
    }

    void canceled(Redrive redrive) {
        publish(redrive, JobEvent.canceled(redrive.id(), JobKind.REDRIVE, clock.instant()));
    }

    private void publish(Redrive redrive, JobEvent step) {
        var progress = redrive.progress();
        var event = step.withSubject(redrive.filter().topic())
                .withCounts(Map.of(
                        "matched", progress.matched(),
                        "sent", progress.sent(),
                        "skipped", progress.skipped()));
        var _ = Intake.await(intake.writeJobEvent(event));
        board.apply(event);
    }
}
