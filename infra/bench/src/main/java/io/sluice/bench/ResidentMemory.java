package io.sluice.bench;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.DoubleAccumulator;

/** Watches the resident memory of a process: what it has now, and the most it had since the watch began. Linux only. */
final class ResidentMemory implements AutoCloseable {
    private static final long LOOK_MS = 200;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final DoubleAccumulator most = new DoubleAccumulator(Math::max, 0);
    private final long pid;

    private ResidentMemory(long pid) {
        this.pid = pid;
    }

    /** {@return a watch that begins now} */
    static ResidentMemory of(long pid) {
        var memory = new ResidentMemory(pid);
        var unused = memory.clock.scheduleAtFixedRate(memory::look, 0, LOOK_MS, TimeUnit.MILLISECONDS);
        return memory;
    }

    private void look() {
        try {
            most.accumulate(now());
        } catch (IOException e) { // the process has ended, which its starter notices
            clock.shutdown();
        }
    }

    double now() throws IOException {
        return RunningSluice.residentMegabytes(pid);
    }

    double most() {
        return most.get();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
