package io.sluice.bench;

import io.sluice.bench.harness.Benchmark;
import io.sluice.bench.harness.Benchmarks;
import io.sluice.bench.harness.PerformancePage;
import io.sluice.runtime.process.FixedLocale;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./sluice bench [NAME…]}: runs benchmarks, prints their tables and writes JSON files. */
@Command(
        name = "sluice bench",
        description = "Run benchmarks. Each prints a table and writes bench-NAME.json to the current folder.",
        mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {
    private static final Map<String, Benchmark> ALL = byName(
            new StartupBenchmark(),
            new LatencyBenchmark(),
            new EmbedBenchmark(),
            new ProductsBenchmark(),
            new SearchBenchmark(),
            new ReuseBenchmark(),
            new PictureMemoryBenchmark(),
            new ImportSinkBenchmark(),
            new ImportsBenchmark(),
            new LoginsBenchmark(),
            new PhotosBenchmark(),
            new RekognizerBenchmark(),
            new JournalBenchmark());

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--quick", description = "show in a short time that they work; the figures mean little")
    private boolean quick;

    @Option(names = "--list", description = "list all benchmarks")
    private boolean list;

    @Option(
            names = "--page",
            arity = "0..1",
            fallbackValue = "docs/performance.md",
            paramLabel = "FILE",
            description = "measure nothing; write the figures of the JSON files in this folder into the page"
                    + " (${FALLBACK-VALUE})")
    private @Nullable Path page;

    @Parameters(paramLabel = "NAME", description = "the benchmarks to run; by default all")
    private List<String> names = List.of();

    private Bench() {}

    /** Runs benchmarks and ends the process: 0 after a success, 1 after a failure, 2 for wrong arguments. */
    public static void main(String... args) {
        FixedLocale.set();
        // the end of this process ends its children, too
        var children = new Thread(() -> ProcessHandle.current().children().forEach(ProcessHandle::destroy));
        Runtime.getRuntime().addShutdownHook(children);
        System.exit(run(args));
    }

    static int run(String... args) {
        return new CommandLine(new Bench())
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler((thrown, _, _) -> {
                    thrown.printStackTrace();
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(args);
    }

    @Override
    public Integer call() throws Exception {
        if (list) {
            System.out.println(listed());
        } else if (page != null) {
            System.out.println(
                    "Written to " + page + ": " + String.join(", ", PerformancePage.write(page, Path.of(""))));
        } else {
            var benchmarks = new Benchmarks(quick, System.out, System.err, Path.of(""));
            for (var benchmark : chosen()) {
                benchmarks.run(benchmark);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private List<Benchmark> chosen() {
        var chosen = new LinkedHashMap<String, Benchmark>();
        for (var name : names.isEmpty() ? ALL.keySet() : names) {
            var benchmark = ALL.get(name);
            if (benchmark == null) {
                throw new ParameterException(
                        Objects.requireNonNull(spec).commandLine(),
                        "There is no benchmark '" + name + "'. All benchmarks:\n" + listed());
            }
            chosen.put(name, benchmark);
        }
        return List.copyOf(chosen.values());
    }

    private static String listed() {
        return ALL.values().stream()
                .map(benchmark -> "  %-10s %s".formatted(benchmark.name(), benchmark.description()))
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, Benchmark> byName(Benchmark... benchmarks) {
        var byName = new LinkedHashMap<String, Benchmark>();
        for (var benchmark : benchmarks) {
            byName.put(benchmark.name(), benchmark);
        }
        return byName;
    }
}
