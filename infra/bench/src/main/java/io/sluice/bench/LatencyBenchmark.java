package io.sluice.bench;

import io.sluice.bench.harness.Benchmark;
import io.sluice.bench.harness.Figure;
import io.sluice.bench.harness.Samples;
import io.sluice.bench.harness.Session;
import io.sluice.bench.load.Catalogue;
import io.sluice.bench.load.Pictures;
import io.sluice.local.client.Answer;
import io.sluice.local.client.SluiceClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One caller, one call after the other. */
final class LatencyBenchmark implements Benchmark {
    private static final int ROUNDS = 3;
    private static final double P95 = 0.95;
    /** Long enough for the embedder and the indexer to be done with one picture. */
    private static final Duration REST = Duration.ofMillis(120);

    private final AtomicInteger number = new AtomicInteger();

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String description() {
        return "sync index, async accept with a 200 KB picture, and search; one caller, idle pipeline";
    }

    @Override
    public void run(Session session) throws Exception {
        var sluice = RunningSluice.fresh(session.folder());
        try (var up = sluice.start();
                var client = new SluiceClient(sluice.gateway())) {
            sync(session, client);
            accept(session, client);
            search(session, client);
            session.add(
                    Figure.of("memory of `up` after all this, peak RSS", "MB", RunningSluice.peakMegabytes(up.pid())));
        }
    }

    private void sync(Session session, SluiceClient client) throws Exception {
        Call call = i -> expect(200, client.saveProduct(Catalogue.fields("sync-" + i)));
        calls(session.count(200, 20), call, Duration.ZERO);
        var rounds = session.rounds("sync", ROUNDS, () -> calls(session.count(150, 20), call, Duration.ZERO));
        session.add(rounds.figure("sync index of a text product, p50", "ms", Samples::median)
                .atMost(60));
        session.add(rounds.figure("sync index of a text product, p95", "ms", samples -> samples.percentile(P95))
                .atMost(120));
    }

    private void accept(Session session, SluiceClient client) throws Exception {
        Call call = i -> expect(202, client.saveProduct(Catalogue.fields("accept-" + i), Pictures.noise(i)));
        calls(session.count(100, 20), call, Duration.ZERO);
        var atRest = session.rounds("accept, at rest", ROUNDS, () -> calls(session.count(80, 10), call, REST));
        session.add(atRest.figure("async accept with a 200 KB picture, at rest, p50", "ms", Samples::median));
        session.add(atRest.figure("async accept with a 200 KB picture, at rest, p95", "ms", s -> s.percentile(P95))
                .atMost(40));
        var inARow =
                session.rounds("accept, in a row", ROUNDS, () -> calls(session.count(150, 20), call, Duration.ZERO));
        session.add(inARow.figure("async accept with a 200 KB picture, in a row, p50", "ms", Samples::median));
        session.add(inARow.figure("async accept with a 200 KB picture, in a row, p95", "ms", s -> s.percentile(P95)));
    }

    private void search(Session session, SluiceClient client) throws Exception {
        Call call = i -> expect(200, client.search(Map.of("q", Catalogue.words(i))));
        calls(session.count(100, 10), call, Duration.ZERO);
        var rounds = session.rounds("search", ROUNDS, () -> calls(session.count(150, 20), call, Duration.ZERO));
        session.add(rounds.figure("search by text, a new query each time, p50", "ms", Samples::median));
        session.add(rounds.figure("search by text, a new query each time, p95", "ms", s -> s.percentile(P95)));
    }

    /** One call; whatever goes wrong ends the benchmark. */
    @FunctionalInterface
    private interface Call {
        void run(int number) throws IOException;
    }

    /** {@return how long each call took, in ms} */
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

    private static void expect(int status, Answer answer) {
        if (answer.status() != status) {
            throw new IllegalStateException("expected " + status + ", was answered " + answer.problem());
        }
    }
}
