package io.sluice.runtime.engine;

import io.sluice.runtime.PipelineStatus;
import io.sluice.runtime.engine.CarefulMode.Turn;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer thread of a pipeline. In a loop, it reads, commits, decides and writes. This class only calls the steps
 * in order; each step is a class of its own.
 *
 * <p>A batch is committed when the next one is known, so that one commit says both what is done and what is in flight.
 * When the thread stops or dies, the offsets of unfinished records are not committed, so those records come again.
 */
final class ConsumerLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerLoop.class);
    private static final Duration BETWEEN_FAILED_POLLS = Duration.ofMillis(500);
    /** Longest wait for the right to have records in flight; then the thread polls, to stay in its group. */
    private static final Duration PATIENCE = Duration.ofMillis(250);
    /** How long a thread handles one record after another before another pipeline may. */
    private static final Duration TURN = Duration.ofMillis(500);

    /** Shortest wait before progress is noted again, when Kafka did not take the first note. */
    private static final Duration BETWEEN_NOTES = Duration.ofSeconds(1);

    private final Poller poller;
    private final BatchStep step;
    private final Admission admission;
    private final CarefulMode careful;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean crashing;
    private boolean hasDied;
    private volatile PipelineStatus status = new PipelineStatus.Running();
    private volatile long lag;
    private long lastNote = System.nanoTime() - BETWEEN_NOTES.toNanos();

    ConsumerLoop(Poller poller, BatchStep step, Admission admission, CarefulMode careful) {
        this.poller = poller;
        this.step = step;
        this.admission = admission;
        this.careful = careful;
    }

    /** Runs until {@link #stop} or {@link #crash}. An exception out of it is a defect and ends the thread. */
    @Override
    public void run() {
        try {
            poller.join(leaving -> commitClean(() -> poller.commitClean(leaving)));
            while (stopping.getCount() > 0) {
                cycle();
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.atWarn().log("interrupted; the batch will come again");
        } catch (RuntimeException | Error e) {
            hasDied = true;
            throw e;
        } finally {
            leave();
        }
    }

    /**
     * When the thread has died, the process is about to be started again, so what was in flight is suspected as after a
     * crash.
     */
    private void commitClean(Runnable commit) {
        if (!crashing && !hasDied) {
            commit.run();
        }
    }

    private void leave() {
        careful.set(this, false);
        try {
            var unused = Thread.interrupted(); // so that the consumer can still commit and leave its group
            commitClean(poller::commitClean);
        } finally {
            poller.close(crashing);
        }
    }

    /** Asks the thread to finish its batch, commit and end. */
    void stop() {
        stopping.countDown();
    }

    /** Asks the thread to end as a crash would: it commits nothing and does not leave its group. */
    void crash() {
        crashing = true;
        stopping.countDown();
    }

    PipelineStatus status() {
        return step.stalled().<PipelineStatus>map(stalled -> stalled).orElse(status);
    }

    long lag() {
        return lag;
    }

    private void cycle() throws InterruptedException {
        admission.probeIfDue();
        if (!poller.poll()) {
            var unused = stopping.await(BETWEEN_FAILED_POLLS.toMillis(), TimeUnit.MILLISECONDS);
        }
        careful.set(this, poller.hasSuspects());
        var ready = poller.ready();
        if (!ready.isEmpty()) {
            handle(ready);
        } else {
            idle();
        }
        careful.set(this, poller.hasSuspects());
        lag = poller.lag();
        status = currentStatus();
    }

    private void idle() {
        if (poller.isEmpty()) {
            admission.batchDone();
        }
        if (!crashing) {
            poller.commit();
        }
    }

    private void handle(List<Work> ready) throws InterruptedException {
        var alone = careful.isOn();
        try (var turn = careful.turn(alone, PATIENCE)) {
            if (!turn.isHeld() || careful.isOn() != alone || crashing) {
                return;
            }
            if (alone) {
                oneByOne(turn);
            } else if (poller.begin(ready)) {
                handle(ready, turn, false);
                poller.ended(ready);
            }
        }
    }

    private void oneByOne(Turn turn) throws InterruptedException {
        var end = System.nanoTime() + TURN.toNanos();
        while (turn.isHeld() && stopping.getCount() > 0 && System.nanoTime() < end) {
            var next = poller.ready(1);
            if (next.isEmpty() || !poller.beginAlone(next.getFirst())) {
                break;
            }
            handle(next, turn, poller.isConvicted(next.getFirst()));
        }
        if (!crashing) {
            poller.commitIdle();
        }
    }

    private void handle(List<Work> works, Turn turn, boolean convicted) throws InterruptedException {
        if (convicted) {
            step.convict(works.getFirst());
        } else {
            step.decide(works, () -> madeProgress(works, turn));
        }
        if (!crashing) {
            step.write(works).forEach(poller::done);
        }
        admission.batchDone();
        step.end(works);
    }

    /** The records may take minutes, and are not suspected any longer, so others need not wait for them. */
    private void madeProgress(List<Work> works, Turn turn) {
        if (!turn.isHeld() || crashing || System.nanoTime() - lastNote < BETWEEN_NOTES.toNanos()) {
            return;
        }
        try {
            if (poller.madeProgress(works)) {
                turn.close();
            }
        } catch (InterruptException e) {
            LOG.atDebug().log("interrupted; the handler will notice"); // the thread's interrupt flag is set again
        }
        lastNote = System.nanoTime();
    }

    private PipelineStatus currentStatus() {
        return poller.problem()
                .<PipelineStatus>map(problem -> problem)
                .or(admission::reason)
                .orElseGet(PipelineStatus.Running::new);
    }
}
