package io.sluice.bench;

import io.sluice.bench.harness.Benchmark;
import io.sluice.bench.harness.Figure;
import io.sluice.bench.harness.Samples;
import io.sluice.bench.harness.Session;
import io.sluice.bench.load.Pictures;
import io.sluice.bench.load.ProductTexts;
import io.sluice.client.http.Answer;
import io.sluice.client.search.SearchQuery;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Measures the calls of one caller, one after the other: with an idle pipeline and under load. */
final class LatencyBenchmark implements Benchmark {
    private static final int ROUNDS = 3;
    private static final double P95 = 0.95;
    /** Products a second: about a third of the capacity of two cores. */
    private static final int LOAD = 10;

    private static final int BACKLOG = 4_000;
    /** A pause in which the embedder and the indexer finish one picture. */
    private static final Duration REST = Duration.ofMillis(120);

    private final AtomicInteger number = new AtomicInteger();

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String description() {
        return "sync index, async accept with a 200 KB picture, and search; at rest and under load";
    }

    @Override
    public void run(Session session) throws Exception {
        var sluice = RunningSluice.fresh(session.folder());
        try (var up = sluice.start();
                var upstream = Upstream.of(sluice.endpoints(), "builtin-1");
                var client = sluice.client()) {
            Call sync = i -> expect(200, client.products().save(ProductTexts.fields("sync-" + i)));
            Call accept =
                    i -> expect(202, client.products().save(ProductTexts.fields("accept-" + i), Pictures.noise(i)));
            Call search = i -> expect(200, client.search().find(SearchQuery.of(ProductTexts.words(i))));
            for (var call : List.of(sync, accept, search)) {
                calls(session.count(200, 20), call, Duration.ZERO);
            }
            upstream.awaitIndexed();
            measure(session, "sync index of a text product", 150, sync, Duration.ZERO, 60, 120);
            measure(session, "async accept with a 200 KB picture, at rest", 80, accept, REST, 0, 40);
            measure(session, "async accept with a 200 KB picture, in a row", 150, accept, Duration.ZERO, 0, 0);
            upstream.awaitIndexed();
            measure(session, "search by text, a new query each time", 150, search, Duration.ZERO, 0, 0);
            try (var _ = SteadyLoad.start(upstream, LOAD, session.count(1_500, 600))) {
                var load = ", beside %d products with pictures a second".formatted(LOAD);
                measure(session, "sync index" + load, 40, sync, Duration.ZERO, 0, 0);
                measure(session, "async accept" + load, 40, accept, REST, 0, 0);
                measure(session, "search" + load, 40, search, Duration.ZERO, 0, 0);
            }
            upstream.awaitIndexed();
            upstream.publishProducts(IntStream.range(0, session.count(BACKLOG, BACKLOG / 4))
                    .mapToObj(i -> PicturedProducts.product("backlog-" + i))
                    .toList());
            measure(session, "search, while a backlog is embedded", 50, search, Duration.ZERO, 0, 0);
            if (!upstream.hasBacklog()) {
                session.note("The backlog ended before the searches did.");
            }
            session.add(
                    Figure.of("memory of `up` after all this, peak RSS", "MB", RunningSluice.peakMegabytes(up.pid())));
        }
    }

    /** A target of zero means that there is none. */
    private void measure(Session session, String what, int count, Call call, Duration between, double p50, double p95)
            throws Exception {
        var rounds = session.rounds(what, ROUNDS, () -> calls(session.count(count, 15), call, between));
        var median = rounds.figure(what + ", p50", "ms", Samples::median);
        session.add(p50 > 0 ? median.atMost(p50) : median);
        var high = rounds.figure(what + ", p95", "ms", samples -> samples.percentile(P95));
        session.add(p95 > 0 ? high.atMost(p95) : high);
    }

    /** One call. An exception ends the benchmark. */
    @FunctionalInterface
    private interface Call {
        void run(int number) throws IOException;
    }

    /** Makes calls, and returns how long each of them took, in ms. */
    private Samples calls(int count, Call call, Duration between) throws IOException, InterruptedException {
        var samples = new Samples();
        for (int i = 0; i < count; i++) {
            var started = System.nanoTime();
            call.run(number.incrementAndGet());
            samples.add((System.nanoTime() - started) / 1e6);
            TimeUnit.NANOSECONDS.sleep(between.toNanos());
        }
        return samples;
    }

    private static void expect(int status, Answer<?> answer) {
        if (answer.status() != status) {
            throw new IllegalStateException("expected " + status + ", got " + answer);
        }
    }
}
