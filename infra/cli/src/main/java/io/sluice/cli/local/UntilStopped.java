package io.sluice.cli.local;

import io.sluice.runtime.process.Signals;
import io.sluice.schemas.text.VisibleLines;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts something, works with it, and closes it. SIGTERM and Ctrl-C end the work early. A process that was asked to stop
 * ends without an error.
 */
final class UntilStopped {
    /** A stop may take 20 s. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(19);

    private final VisibleLines messages;
    private final Consumer<Runnable> signals;
    private final Runnable lastResort;
    private final CountDownLatch stop = new CountDownLatch(1);
    private @Nullable Thread worker;

    /**
     * Prepares a run.
     *
     * @param messages gets the progress
     */
    UntilStopped(VisibleLines messages) {
        this(messages, UntilStopped::onSignal, () -> giveUpInTime(messages));
    }

    /**
     * Prepares a run, for tests.
     *
     * @param signals gets the action for a request to stop
     * @param lastResort runs in a thread of its own after such a request
     */
    UntilStopped(VisibleLines messages, Consumer<Runnable> signals, Runnable lastResort) {
        this.messages = messages;
        this.signals = signals;
        this.lastResort = lastResort;
    }

    /** Starts the thing. A line of progress is shown, and is a point where a stop interrupts the start. */
    interface Starter<T> {
        T start(Consumer<String> progress);
    }

    /** Work with the running thing. */
    interface Work<T> {
        void with(T running) throws Exception;
    }

    /** Keeps the thing running until the process is asked to stop. */
    <T> void stayUp(Starter<T> starter, Work<T> ready, Consumer<T> closer) throws Exception {
        Work<T> staying = running -> {
            ready.with(running);
            stop.await();
        };
        run(starter, staying, closer);
    }

    /**
     * Keeps the thing running until the work is done.
     *
     * @return whether the work was done, and not stopped early
     */
    <T> boolean run(Starter<T> starter, Work<T> work, Consumer<T> closer) throws Exception {
        signals.accept(this::stop);
        T running;
        try {
            running = starter.start(this::progress);
        } catch (CancellationException e) {
            messages.println("Stopped.");
            return false;
        }
        try {
            if (begin()) {
                work.with(running);
            }
            return !isStopping();
        } catch (Exception e) {
            if (!isStopping()) {
                throw e;
            }
            return false;
        } finally {
            end();
            closer.accept(running);
            messages.println("Stopped.");
        }
    }

    private void progress(String message) {
        if (isStopping()) {
            throw new CancellationException("stopped before: " + message);
        }
        messages.println(message);
    }

    private boolean isStopping() {
        return stop.getCount() == 0;
    }

    private synchronized boolean begin() {
        worker = Thread.currentThread();
        return !isStopping();
    }

    /** A stop does not interrupt from here on, so that closing can finish. */
    private synchronized void end() {
        worker = null;
        Thread.interrupted();
    }

    private synchronized void stop() {
        if (!isStopping()) {
            messages.println("Stopping ...");
            Thread.ofPlatform().daemon().name("stop-deadline").start(lastResort);
            stop.countDown();
            if (worker != null) {
                worker.interrupt();
            }
        }
    }

    private static void onSignal(Runnable stopping) {
        var unused = Signals.stopRequested().thenRun(stopping);
    }

    private static void giveUpInTime(VisibleLines messages) {
        try {
            Thread.sleep(STOP_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        messages.println(
                "sluice: It did not stop within %d s and is ended; what was under way is done again at the next start"
                        .formatted(STOP_WITHIN.toSeconds()));
        Runtime.getRuntime().halt(1);
    }
}
