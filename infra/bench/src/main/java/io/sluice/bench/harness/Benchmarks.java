package io.sluice.bench.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Runs benchmarks one by one. Each has a folder of its own, prints a table and writes a JSON file. */
public final class Benchmarks {
    private final boolean quick;
    private final PrintStream out;
    private final PrintStream progress;
    private final Path reports;

    /**
     * Prepares runs.
     *
     * @param quick whether to show only that the benchmarks work
     * @param out gets the tables
     * @param progress gets lines about the progress
     * @param reports the folder for the JSON files
     */
    public Benchmarks(boolean quick, PrintStream out, PrintStream progress, Path reports) {
        this.quick = quick;
        this.out = out;
        this.progress = progress;
        this.reports = reports;
    }

    /** Runs one benchmark. If it fails, the figures found before are reported. */
    public void run(Benchmark benchmark) throws Exception {
        var load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        progress.printf(Locale.ROOT, "%n%s: %s%n", benchmark.name(), benchmark.description());
        var folder =
                Files.createTempDirectory("sluice-bench-" + benchmark.name()).toRealPath();
        var session = new Session(folder, quick, progress, Machine.watching(folder));
        try {
            benchmark.run(session);
        } finally {
            report(benchmark, load, session);
            delete(folder);
        }
    }

    private void report(Benchmark benchmark, double load, Session session) throws IOException {
        var report = new Report(
                benchmark.name(),
                Instant.now().truncatedTo(ChronoUnit.MINUTES).toString(),
                MachineText.inWords(),
                quick,
                load,
                session.figures(),
                session.notes());
        var file = Report.file(reports, benchmark.name());
        report.write(file);
        out.println("\n## " + benchmark.name() + "\n" + report.markdown());
        progress.println("Written to " + file.toAbsolutePath());
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
