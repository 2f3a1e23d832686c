package io.sluice.gateway.background;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a task now and then, on a thread of its own, until the task has ended or this is closed. A task that fails runs
 * again; the first of several failures in a row is logged.
 */
public final class RepeatedTask implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RepeatedTask.class);
    private static final Duration STOP = Duration.ofSeconds(2);

    private final String name;
    private final Duration interval;
    private final BooleanSupplier task;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;
    private boolean failed;

    /** @param task returns whether to run it again */
    public RepeatedTask(String name, Duration interval, BooleanSupplier task) {
        this.name = name;
        this.interval = interval;
        this.task = task;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /** Runs the task for the first time, without waiting for it. */
    public void begin() {
        thread.start();
    }

    /** Runs the task now, or once more after the current run. */
    public void runSoon() {
        wake.release();
    }

    private void run() {
        try {
            while (!closed && isToRunAgain()) {
                var _ = wake.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isToRunAgain() {
        try {
            var again = task.getAsBoolean();
            failed = false;
            return again;
        } catch (RuntimeException e) {
            if (!failed && !closed) {
                LOG.atWarn()
                        .addKeyValue("task", name)
                        .setCause(e)
                        .log("a task failed, it runs again until it succeeds");
            }
            failed = true;
            return true;
        }
    }

    /** Ends the task, also in the middle of a run. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            var _ = thread.join(STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
