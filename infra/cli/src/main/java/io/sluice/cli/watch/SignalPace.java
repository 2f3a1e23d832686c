package io.sluice.cli.watch;

import io.sluice.runtime.process.Signals;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The real time. SIGTERM and Ctrl-C request a stop. An upload that is under way then has a few seconds to end, so that its
 * answer is not lost.
 */
final class SignalPace implements Pace, AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Clock clock;
    private final Thread worker;
    private final CountDownLatch stop = new CountDownLatch(1);
    private boolean isOver;

    private SignalPace(Clock clock, Thread worker) {
        this.clock = clock;
        this.worker = worker;
    }

    /** Handles the signals from now on. The calling thread is the one that is interrupted when it does not end in time. */
    static SignalPace ofThisThread() {
        var pace = new SignalPace(Clock.systemUTC(), Thread.currentThread());
        var unused = Signals.stopRequested().thenRun(pace::requestStop);
        return pace;
    }

    private void requestStop() {
        stop.countDown();
        Thread.ofPlatform().daemon().name("stop-deadline").start(this::interruptInTime);
    }

    private void interruptInTime() {
        try {
            Thread.sleep(GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (!isOver) {
                worker.interrupt();
            }
        }
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
        var _ = stop.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean isStopping() {
        return stop.getCount() == 0;
    }

    /** From here on the thread is not interrupted. */
    @Override
    public synchronized void close() {
        isOver = true;
        Thread.interrupted();
    }
}
