package io.sluice.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Keeps something running until SIGTERM or Ctrl-C, then closes it; the process has then done what it was asked to. */
final class UntilStopped {
    /** Whoever stops us gives us 20 s. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(19);

    private final Shell shell;
    private final CountDownLatch stop = new CountDownLatch(1);

    UntilStopped(Shell shell) {
        this.shell = shell;
    }

    /** What to do with a running thing. */
    interface Work<T> {
        void with(T running) throws Exception;
    }

    /**
     * Starts a thing, says so, waits and closes it.
     *
     * @param ready called when it runs
     */
    <T> void run(Supplier<T> starter, Work<T> ready, Consumer<T> closer) throws Exception {
        Signals.onTermination(this::stop);
        var running = starter.get();
        try {
            if (stop.getCount() > 0) {
                ready.with(running);
                stop.await();
            }
        } finally {
            closer.accept(running);
        }
        shell.err().println("Stopped.");
    }

    private synchronized void stop() {
        if (stop.getCount() > 0) {
            shell.err().println("Stopping ...");
            Thread.ofPlatform().daemon().name("stop-deadline").start(UntilStopped::giveUpInTime);
            stop.countDown();
        }
    }

    private static void giveUpInTime() {
        try {
            Thread.sleep(STOP_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }
}
