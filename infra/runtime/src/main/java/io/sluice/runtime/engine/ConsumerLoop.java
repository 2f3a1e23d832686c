package io.sluice.runtime.engine;

import io.sluice.runtime.PipelineStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer thread of a pipeline. In a loop, it reads, decides, writes and commits. This class only calls the steps
 * in order; each step is a class of its own.
 *
 * <p>When the thread stops or dies, the offsets of unfinished records are not committed, so those records come again.
 */
final class ConsumerLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerLoop.class);
    private static final Duration BETWEEN_FAILED_POLLS = Duration.ofMillis(500);

    private final Poller poller;
    private final Decider decider;
    private final Finisher finisher;
    private final Admission admission;
    private final BatchWatch watch;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean crashing;
    private volatile PipelineStatus status = new PipelineStatus.Running();
    private volatile long lag;

    ConsumerLoop(Poller poller, Decider decider, Finisher finisher, Admission admission, BatchWatch watch) {
        this.poller = poller;
        this.decider = decider;
        this.finisher = finisher;
        this.admission = admission;
        this.watch = watch;
    }

    /** Runs until {@link #stop} or {@link #crash}. An exception out of it is a defect and ends the thread. */
    @Override
    public void run() {
        try {
            poller.join(this::commit);
            while (stopping.getCount() > 0) {
                cycle();
            }
        } catch (InterruptedException | InterruptException e) {
            var unused = Thread.interrupted(); // so that the consumer can still leave its group
            LOG.atWarn().log("interrupted; the batch will come again");
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
        return watch.stalled().<PipelineStatus>map(stalled -> stalled).orElse(status);
    }

    long lag() {
        return lag;
    }

    private void cycle() throws InterruptedException {
        admission.probeIfDue();
        if (!poller.poll()) {
            var unused = stopping.await(BETWEEN_FAILED_POLLS.toMillis(), TimeUnit.MILLISECONDS);
        }
        var ready = poller.ready();
        if (!ready.isEmpty()) {
            watch.begin();
            decider.decide(ready);
            write(ready);
            admission.batchDone();
            watch.end(ready.size());
        } else if (poller.isEmpty()) {
            admission.batchDone();
        }
        commit();
        lag = poller.lag();
        status = currentStatus();
    }

    private void write(List<Work> ready) throws InterruptedException {
        if (!crashing) {
            finisher.finish(ready).forEach(poller::done);
        }
    }

    private void commit() {
        if (!crashing) {
            poller.commit();
        }
    }

    private PipelineStatus currentStatus() {
        return poller.problem()
                .<PipelineStatus>map(problem -> problem)
                .or(admission::reason)
                .orElseGet(PipelineStatus.Running::new);
    }
}
