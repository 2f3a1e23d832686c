package io.sluice.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/** {@code ./sluice bench [NAME]}: runs one benchmark or all, prints a table, writes a JSON file. */
public final class Bench {
    private static final List<Benchmark> ALL = List.of(new StartupBenchmark(), new LatencyBenchmark());
    /** Above this many runnable processes before it starts, other work would be measured too. */
    private static final double QUIET = 0.7;

    private Bench() {}

    /** Runs the benchmarks named, or all. */
    public static void main(String... names) throws Exception {
        var chosen = ALL.stream()
                .filter(benchmark -> names.length == 0 || List.of(names).contains(benchmark.name()))
                .toList();
        if (chosen.isEmpty()) {
            System.err.println("There is no such benchmark. There are:");
            ALL.forEach(benchmark -> System.err.println("  " + benchmark.name() + "  " + benchmark.description()));
            System.exit(2);
        }
        for (var benchmark : chosen) {
            run(benchmark);
        }
    }

    private static void run(Benchmark benchmark) throws Exception {
        var load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        System.out.printf(Locale.ROOT, "%n%s: %s%n", benchmark.name(), benchmark.description());
        if (load > QUIET) {
            System.out.printf(Locale.ROOT, "The machine is not quiet (load %.1f): other work is measured too.%n", load);
        }
        var folder = Files.createTempDirectory("sluice-bench-" + benchmark.name());
        try {
            var measurements = benchmark.run(folder);
            System.out.println("| what | measured | target | | samples |");
            System.out.println("| --- | --- | --- | --- | --- |");
            measurements.forEach(measurement -> System.out.println(measurement.row()));
            write(benchmark, load, measurements);
        } finally {
            delete(folder);
        }
    }

    private static void write(Benchmark benchmark, double load, List<Measurement> measurements) throws IOException {
        var report = new LinkedHashMap<String, Object>();
        report.put("benchmark", benchmark.name());
        report.put("at", Instant.now().toString());
        report.put("processors", Runtime.getRuntime().availableProcessors());
        report.put("load_before", load);
        report.put("java", System.getProperty("java.vm.version", ""));
        report.put("measurements", measurements);
        var file = Path.of("bench-" + benchmark.name() + ".json");
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), report);
        System.out.println("Written to " + file.toAbsolutePath());
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
