package io.sluice.gateway.access.erasure;

import io.sluice.gateway.background.RepeatedTask;
import io.sluice.gateway.intake.Intake;
import io.sluice.jobs.board.JobBoard;
import io.sluice.jobs.fold.JobFold;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobKind;
import io.sluice.stores.accounts.Erasure;
import io.sluice.stores.accounts.ErasureTable;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes erasures. The transaction that deletes a user notes the erasure, so after a crash any gateway finishes it.
 * An event that is published twice changes nothing.
 *
 * <p>So far nothing is left to do but to report the job. What later belongs to users is erased here, before the job
 * ends.
 */
@Singleton
public final class ErasureWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ErasureWorker.class);
    private static final Duration INTERVAL = Duration.ofSeconds(3);

    private final ErasureTable erasures;
    private final Intake intake;
    private final JobBoard board;
    private final Clock clock;
    private final RepeatedTask task = new RepeatedTask("erasures", INTERVAL, this::finishAll);

    ErasureWorker(ErasureTable erasures, Intake intake, JobBoard board, Clock clock) {
        this.erasures = erasures;
        this.intake = intake;
        this.board = board;
        this.clock = clock;
    }

    /** Finishes what another run has left, now and from time to time. */
    public void begin() {
        task.begin();
    }

    /** Shows the job of a new erasure, and begins it. */
    public void begin(Erasure erasure) {
        board.add(JobFold.begin(queued(erasure)));
        task.runSoon();
    }

    private boolean finishAll() {
        while (erasures.finishNext(this::finish)) {
            LOG.atInfo().log("finished an erasure");
        }
        return true;
    }

    private void finish(Erasure erasure) {
        publish(queued(erasure));
        publish(of(JobEvent.step(erasure.jobId(), JobKind.USER_ERASURE, "account-erased", clock.instant()), erasure));
        publish(of(JobEvent.succeeded(erasure.jobId(), JobKind.USER_ERASURE, "erased", clock.instant()), erasure));
    }

    private static JobEvent queued(Erasure erasure) {
        return of(JobEvent.queued(erasure.jobId(), JobKind.USER_ERASURE, erasure.requestedAt()), erasure);
    }

    private static JobEvent of(JobEvent step, Erasure erasure) {
        return step.withSubject(erasure.owner().toString());
    }

    private void publish(JobEvent step) {
        var _ = Intake.await(intake.writeJobEvent(step));
    }

    @Override
    @PreDestroy
    public void close() {
        task.close();
    }
}
