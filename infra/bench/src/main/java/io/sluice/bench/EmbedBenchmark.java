package io.sluice.bench;

import io.sluice.bench.harness.Benchmark;
import io.sluice.bench.harness.Figure;
import io.sluice.bench.harness.Samples;
import io.sluice.bench.harness.Session;
import io.sluice.bench.load.SampleModel;
import io.sluice.bench.micro.DecodeRun;
import io.sluice.bench.micro.ModelRun;
import io.sluice.bench.micro.TokenizerRun;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures each step of an embedding alone with JMH, in a JVM of its own with the flags of {@code up}. */
final class EmbedBenchmark implements Benchmark {
    private static final List<String> JVM = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx768m",
            "-XX:+UseSerialGC");

    @Override
    public String name() {
        return "embed";
    }

    @Override
    public String description() {
        return "the model alone, the decoder alone, the tokenizer alone";
    }

    /**
     * One measurement.
     *
     * @param method the method of the class that JMH runs
     * @param perRun how many items one run of the method processes
     */
    private record Run(
            String what, Class<?> benchmark, String method, int callers, int perRun, Map<String, String> parameters) {}

    @Override
    public void run(Session session) throws Exception {
        for (var sample : DecodeRun.Sample.values()) {
            measure(session, decode(sample));
        }
        measure(
                session,
                new Run(
                        "tokenizer, texts of 15 words",
                        TokenizerRun.class,
                        "tokenize",
                        1,
                        TokenizerRun.TEXTS,
                        Map.of()));
        for (var model : List.of(SampleModel.builtin(), SampleModel.clip(session.folder()))) {
            for (var method : List.of("texts", "pictures")) {
                for (var batch : List.of(1, 8, 32)) {
                    measure(session, model(model, method, batch, 1));
                }
                measure(session, model(model, method, 8, 2));
            }
        }
    }

    private static Run decode(DecodeRun.Sample sample) {
        var what = sample.name().replace('_', ' ') + " to 224 x 224";
        return new Run(what, DecodeRun.class, "decode", 1, 1, Map.of("sample", sample.name()));
    }

    private static Run model(SampleModel model, String method, int batch, int callers) {
        var what = "`%s`, %s, batch of %d, %d caller%s"
                .formatted(model.name(), method, batch, callers, callers == 1 ? "" : "s");
        return new Run(
                what,
                ModelRun.class,
                method,
                callers,
                batch,
                Map.of("model", model.setting(), "batch", String.valueOf(batch)));
    }

    private static void measure(Session session, Run run) throws Exception {
        var rounds = session.rounds(run.what(), 1, () -> jmh(session, run));
        // seconds of one call, in which each caller processes a batch
        var perItem = rounds.results().getFirst().getPrimaryResult().getStatistics();
        var values = new Samples();
        rounds.results().getFirst().getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .map(iteration -> iteration.getPrimaryResult().getScore())
                .forEach(seconds -> values.add(run.callers() * run.perRun() / seconds));
        session.add(Figure.of(run.what(), "/s", values, rounds.foreign()));
        session.tell(String.format(Locale.ROOT, "  %.2f ms each for a caller", perItem.getMean() * 1e3 / run.perRun()));
    }

    private static RunResult jmh(Session session, Run run) throws Exception {
        var options = new OptionsBuilder()
                .include("^" + run.benchmark().getName().replace(".", "\\.") + "\\." + run.method() + "$")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.SECONDS)
                .forks(1)
                .threads(run.callers())
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(session.count(1000, 500)))
                .measurementIterations(session.count(3, 1))
                .measurementTime(TimeValue.milliseconds(session.count(1000, 500)))
                .jvmArgs(JVM.toArray(String[]::new))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        run.parameters().forEach(options::param);
        return new Runner(options.build()).runSingle();
    }
}
