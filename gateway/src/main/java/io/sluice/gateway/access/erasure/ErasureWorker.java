package io.sluice.gateway.access.erasure;

import io.sluice.gateway.background.RepeatedTask;
import io.sluice.gateway.erasure.OwnedData;
import io.sluice.gateway.intake.Intake;
import io.sluice.jobs.board.JobBoard;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobKind;
import io.sluice.stores.accounts.Erasure;
import io.sluice.stores.accounts.ErasureTable;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes erasures. The transaction that deletes a user notes the erasure, so after a crash any gateway finishes it.
 * An event that is published twice changes nothing.
 *
 * <p>What belongs to the user is erased before the job ends. An erasure of which something is left is tried again, and
 * the erasures that were asked for after it wait for it.
 *
 * <p>The stages of the job are the receipt: what was erased, how much of it, and until when the topics keep records that
 * an erasure cannot remove.
 */
@Singleton
public final class ErasureWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ErasureWorker.class);
    private static final Duration INTERVAL = Duration.ofSeconds(3);

    private final ErasureTable erasures;
    private final Intake intake;
    private final JobBoard board;
    private final List<OwnedData> owned;
    private final Clock clock;
    private final RepeatedTask task = new RepeatedTask("erasures", INTERVAL, this::finishAll);

    ErasureWorker(ErasureTable erasures, Intake intake, JobBoard board, List<OwnedData> owned, Clock clock) {
        this.erasures = erasures;
        this.intake = intake;
        this.board = board;
        this.owned = List.copyOf(owned);
        this.clock = clock;
    }

    /** Finishes what another run has left, now and from time to time. */
    public void begin() {
        task.begin();
    }

    /** Shows the job of a new erasure, and begins it. */
    public void begin(Erasure erasure) {
        board.apply(queued(erasure));
        task.runSoon();
    }

    private boolean finishAll() {
        while (erasures.finishNext(this::finish)) {
            LOG.atInfo().log("finished an erasure");
        }
        return true;
    }

    private boolean finish(Erasure erasure) {
        publish(queued(erasure));
        publish(step(erasure, "account-erased"));
        if (!eraseAll(erasure)) {
            return false;
        }
        ErasureReceipt.stages(clock.instant()).forEach(stage -> publish(step(erasure, stage)));
        publish(of(JobEvent.succeeded(erasure.jobId(), JobKind.USER_ERASURE, "erased", clock.instant()), erasure));
        return true;
    }

    /** Begins the erasure of all data, so that nothing waits for other data. {@return whether all of it is erased} */
    private boolean eraseAll(Erasure erasure) {
        var isComplete = true;
        for (var data : owned) {
            var progress = data.erase(erasure.owner().toString());
            if (progress.isComplete()) {
                publish(step(erasure, data.stage()).withCounts(progress.counts()));
            }
            isComplete &= progress.isComplete();
        }
        return isComplete;
    }

    private JobEvent step(Erasure erasure, String stage) {
        return of(JobEvent.step(erasure.jobId(), JobKind.USER_ERASURE, stage, clock.instant()), erasure);
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
