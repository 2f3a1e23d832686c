package io.sluice.bench;

import io.sluice.bench.harness.Benchmark;
import io.sluice.bench.harness.Session;
import io.sluice.local.process.SluiceProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Measures how long {@code up} takes to its ready line, and its memory when it is idle. */
final class StartupBenchmark implements Benchmark {
    private static final int ROUNDS = 3;
    private static final Duration SETTLE = Duration.ofSeconds(6);
    private static final Duration STOP = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "startup";
    }

    @Override
    public String description() {
        return "up to the ready line: fresh, after a clean stop, after kill -9; and idle memory";
    }

    /** The results of one round, in seconds and megabytes. */
    private record Round(double fresh, double stop, double resident, double afterStop, double afterKill) {}

    @Override
    public void run(Session session) throws Exception {
        var rounds = session.rounds("up", ROUNDS, () -> round(RunningSluice.fresh(session.folder())));
        session.add(rounds.figure("`up` to the ready line, fresh data", "s", Round::fresh)
                .atMost(25));
        session.add(rounds.figure("`up` to the ready line, after a clean stop", "s", Round::afterStop)
                .atMost(12));
        session.add(rounds.figure("`up` to the ready line, after `kill -9`", "s", Round::afterKill)
                .atMost(30));
        session.add(rounds.figure("SIGTERM to exit, idle", "s", Round::stop).atMost(20));
        session.add(rounds.figure("memory of `up`, idle, RSS of the JVM", "MB", Round::resident)
                .atMost(1200));
        session.note("Idle memory is read " + SETTLE.toSeconds() + " s after the ready line.");
    }

    private static Round round(RunningSluice sluice) throws IOException, InterruptedException, TimeoutException {
        double fresh;
        double resident;
        double stop;
        var began = System.nanoTime();
        try (var up = sluice.start()) {
            fresh = secondsSince(began);
            TimeUnit.NANOSECONDS.sleep(SETTLE.toNanos());
            resident = RunningSluice.residentMegabytes(up.pid());
            began = System.nanoTime();
            up.terminate();
            up.exitCode(STOP);
            stop = secondsSince(began);
        }
        double afterStop;
        began = System.nanoTime();
        try (var up = sluice.start()) {
            afterStop = secondsSince(began);
            up.kill();
        }
        began = System.nanoTime();
        try (SluiceProcess _ = sluice.start()) {
            return new Round(fresh, stop, resident, afterStop, secondsSince(began));
        }
    }

    private static double secondsSince(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
