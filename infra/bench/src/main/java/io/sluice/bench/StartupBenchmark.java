package io.sluice.bench;

import io.sluice.local.process.SluiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How long {@code up} takes to its ready line, and what it weighs when it has nothing to do. */
final class StartupBenchmark implements Benchmark {
    private static final int ROUNDS = 3;
    private static final Duration SETTLE = Duration.ofSeconds(20);
    private static final Duration STOP = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "startup";
    }

    @Override
    public String description() {
        return "up to the ready line: fresh, after a clean stop, after kill -9; and idle memory";
    }

    @Override
    public List<Measurement> run(Path folder) throws Exception {
        var fresh = new Samples();
        var afterStop = new Samples();
        var afterKill = new Samples();
        var stop = new Samples();
        var resident = new Samples();
        for (int round = 0; round < ROUNDS; round++) {
            var sluice = new RunningSluice(folder.resolve("round-" + round));
            try (var up = timed(sluice, fresh)) {
                TimeUnit.NANOSECONDS.sleep(SETTLE.toNanos());
                resident.add(RunningSluice.residentMegabytes(up.pid()));
                var asked = System.nanoTime();
                up.terminate();
                up.exitCode(STOP);
                stop.add((System.nanoTime() - asked) / 1e9);
            }
            try (var up = timed(sluice, afterStop)) {
                up.kill();
            }
            timed(sluice, afterKill).close();
        }
        return List.of(
                new Measurement("up to the ready line, fresh data", fresh.median(), "s", 25.0, fresh.count()),
                new Measurement(
                        "up to the ready line, after a clean stop", afterStop.median(), "s", 12.0, afterStop.count()),
                new Measurement(
                        "up to the ready line, after kill -9", afterKill.median(), "s", 30.0, afterKill.count()),
                new Measurement("SIGTERM to exit, idle", stop.median(), "s", 20.0, stop.count()),
                new Measurement(
                        "memory of up, idle, RSS of the JVM", resident.median(), "MB", 1200.0, resident.count()));
    }

    private static SluiceProcess timed(RunningSluice sluice, Samples samples) throws InterruptedException {
        var started = System.nanoTime();
        var up = sluice.start();
        samples.add((System.nanoTime() - started) / 1e9);
        return up;
    }
}
