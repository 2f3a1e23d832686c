package io.sluice.bench;

import io.sluice.bench.harness.Benchmark;
import io.sluice.bench.harness.Figure;
import io.sluice.bench.harness.Samples;
import io.sluice.bench.harness.Session;
import io.sluice.bench.load.ProductTexts;
import io.sluice.bench.load.SampleModel;
import io.sluice.client.SluiceClient;
import io.sluice.client.search.SearchQuery;
import io.sluice.schemas.product.Embedding;
import io.sluice.schemas.product.ProductVectors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Measures searches over many products. Their vectors are random: the cost of a scan does not depend on their values. */
final class SearchBenchmark implements Benchmark {
    private static final int ROUNDS = 3;
    private static final int AT_A_TIME = 2_000;
    private static final double P95 = 0.95;

    private final AtomicLong number = new AtomicLong();

    @Override
    public String name() {
        return "search";
    }

    @Override
    public String description() {
        return "search over 10,000 and 100,000 products, one caller and four";
    }

    @Override
    public void run(Session session) throws Exception {
        var sample = SampleModel.builtin();
        Map<String, Integer> dimensions;
        try (var model = sample.load()) {
            dimensions = model.dimensions();
        }
        var sluice = RunningSluice.fresh(session.folder(), sample.settings());
        try (var up = sluice.start();
                var upstream = Upstream.of(sluice.endpoints(), sample.index());
                var client = sluice.client()) {
            var loaded = 0;
            for (var size : List.of(session.count(10_000, 1_000), session.count(100_000, 4_000))) {
                var started = System.nanoTime();
                var missing = size - loaded;
                for (; loaded < size; loaded += AT_A_TIME) {
                    upstream.publishVectors(
                            drawn(loaded, Math.min(size, loaded + AT_A_TIME), sample.name(), dimensions));
                }
                upstream.awaitIndexed();
                loaded = size;
                var seconds = (System.nanoTime() - started) / 1e9;
                var products = "%,d products".formatted(size);
                session.add(Figure.of(products + ": loaded from the vectors topic", "/s", missing / seconds));
                measure(session, products, client);
                session.add(Figure.of(products + ": peak RSS of `up`", "MB", RunningSluice.peakMegabytes(up.pid())));
            }
        }
    }

    private void measure(Session session, String products, SluiceClient client) throws Exception {
        var calls = session.count(100, 20);
        searches(client, 4, calls);
        for (var callers : List.of(1, 4)) {
            var what = products + ", %d caller%s".formatted(callers, callers == 1 ? "" : "s");
            var rounds = session.rounds(what, ROUNDS, () -> searches(client, callers, calls));
            session.add(rounds.figure(
                    what + ": p50", "ms", round -> round.latencies().median()));
            session.add(rounds.figure(
                    what + ": p95", "ms", round -> round.latencies().percentile(P95)));
            session.add(rounds.figure(what + ": searches", "/s", Round::perSecond));
        }
    }

    private record Round(Samples latencies, double perSecond) {}

    private Round searches(SluiceClient client, int callers, int calls) throws Exception {
        var latencies = new Samples();
        Callable<Void> caller = () -> {
            for (int i = 0; i < calls / callers; i++) {
                var started = System.nanoTime();
                var query = SearchQuery.of(ProductTexts.words(number.incrementAndGet()));
                var found = client.search().find(query).orElseThrow();
                if (found.hits().size() != 10) {
                    throw new IllegalStateException("expected 10 hits, got " + found);
                }
                latencies.add((System.nanoTime() - started) / 1e6);
            }
            return null;
        };
        var started = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(callers)) {
            for (var done : threads.invokeAll(
                    IntStream.range(0, callers).mapToObj(_ -> caller).toList())) {
                done.get();
            }
        }
        return new Round(latencies, latencies.count() / ((System.nanoTime() - started) / 1e9));
    }

    private static List<ProductVectors> drawn(int from, int to, String model, Map<String, Integer> dimensions) {
        return IntStream.range(from, to)
                .mapToObj(i -> {
                    var vectors = new HashMap<String, Embedding>();
                    vectors.put(ProductVectors.TEXT, unit(i, dimensions.getOrDefault(ProductVectors.TEXT, 0)));
                    return new ProductVectors(PicturedProducts.product("search-" + i), model, dimensions, vectors);
                })
                .toList();
    }

    private static Embedding unit(int seed, int dimension) {
        var random = new Random(seed);
        var components = new float[dimension];
        var sum = 0.0;
        for (int i = 0; i < dimension; i++) {
            components[i] = (float) random.nextGaussian();
            sum += components[i] * components[i];
        }
        var length = (float) Math.sqrt(sum);
        for (int i = 0; i < dimension; i++) {
            components[i] /= length;
        }
        return Embedding.of(components);
    }
}
