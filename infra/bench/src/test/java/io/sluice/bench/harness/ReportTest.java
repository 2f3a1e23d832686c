package io.sluice.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @TempDir
    Path dir;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void targetsBoundFromAboveOrBelow() {
        var speed = Figure.of("ratio", "", Samples.of(List.of(0.8, 0.9, 0.84)), 0.01);

        assertThat(speed.atLeast(0.8).row()).contains("| 0.84 | 0.80 .. 0.90 | >= 0.80 | met | 3 | 0.01 |");
        assertThat(speed.atLeast(1).row()).contains(">= 1.00 | missed by 16 %");
        assertThat(speed.atMost(0.84).row()).contains("<= 0.84 | met");
        assertThat(speed.atMost(0.7).row()).contains("missed by 20 %");
    }

    @Test
    void aDisturbedFigureIsMarked() {
        var figure = Figure.of("p50", "ms", Samples.of(List.of(12_345.6)), 0.4);

        assertThat(figure.row()).isEqualTo("| p50 | 12,346 ms |  |  |  | 1 | 0.40 ! |");
    }

    @Test
    void writesTheSectionsOfThePageWhoseReportsAreThere() throws Exception {
        var page = Files.writeString(dir.resolve("page.md"), """
                By hand.
                <!-- bench:some -->
                old
                <!-- /bench:some -->
                <!-- bench:other -->
                kept
                <!-- /bench:other -->
                <!-- bench:hasty -->
                kept too
                <!-- /bench:hasty -->
                """);
        run(false, benchmark("some"));
        run(true, benchmark("hasty"));

        assertThat(PerformancePage.write(page, dir)).containsExactly("some");

        assertThat(page)
                .content()
                .startsWith("By hand.\n<!-- bench:some -->\n| what | median |")
                .contains("| rate | 5.00 /s | 4.00 .. 6.00 | >= 4.50 /s | met | 3 |", "Of 10 things.", "\nkept\n")
                .contains("<!-- bench:hasty -->\nkept too")
                .doesNotContain("old");
    }

    @Test
    void aBenchmarkThatFailsLeavesWhatItHadFound() {
        var failing = benchmark("failing", session -> {
            session.add(Figure.of("size", "MB", 7));
            throw new IllegalStateException("broken");
        });

        assertThat(catchThrowable(() -> run(false, failing))).hasMessage("broken");

        assertThat(dir.resolve("bench-failing.json")).content().contains("\"what\" : \"size\"");
    }

    @Test
    void aQuickRunHasOneRound() throws Exception {
        var calls = new AtomicInteger();

        run(true, benchmark("quick", session -> session.rounds("it", 5, calls::incrementAndGet)));

        assertThat(calls).hasValue(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("A quick run, no measurement");
    }

    private void run(boolean quick, Benchmark benchmark) throws Exception {
        var print = new PrintStream(out, true, StandardCharsets.UTF_8);
        new Benchmarks(quick, print, print, dir).run(benchmark);
    }

    private static Benchmark benchmark(String name) {
        return benchmark(name, session -> {
            session.add(Figure.of("rate", "/s", Samples.of(List.of(4.0, 5.0, 6.0)), Double.NaN)
                    .atLeast(4.5));
            session.note("Of 10 things.");
        });
    }

    private interface Body {
        void run(Session session) throws Exception;
    }

    private static Benchmark benchmark(String name, Body body) {
        return new Benchmark() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String description() {
                return "a test";
            }

            @Override
            public void run(Session session) throws Exception {
                body.run(session);
            }
        };
    }
}
