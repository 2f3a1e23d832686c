package io.sluice.bench;

import io.sluice.bench.PicturedProducts.Item;
import io.sluice.bench.harness.Benchmark;
import io.sluice.bench.harness.Figure;
import io.sluice.bench.harness.Session;
import io.sluice.bench.load.SampleModel;
import java.util.HashMap;
import java.util.List;

/**
 * Measures products from the topic to both stores, and compares them with the model alone. In turns, within the same run,
 * the model alone does the same decodes, texts and pictures on the same cores.
 */
final class ProductsBenchmark implements Benchmark {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 900;
    private static final int WARM_UP = 32;
    /** Warm-up before the first rounds: about a minute of work, in which the JVM compiles hot code. */
    private static final int LONG_WARM_UP = 896;
    /** A round has as many products as the bare model does in about this time. */
    private static final int ROUND_SECONDS = 6;

    private static final int BATCH = 32;
    private static final double WANTED = 0.85;

    @Override
    public String name() {
        return "products";
    }

    @Override
    public String description() {
        return "products/s from the topic to the stores, against the bare model in the same run";
    }

    private record Variant(String what, int workers, int batch, int warmUp, int rounds) {}

    /**
     * One round.
     *
     * @param bare products per second
     * @param pipeline products per second
     * @param bareCost processor time of a product in ms
     * @param pipelineCost processor time of a product in ms, including Kafka, Postgres and the stores
     */
    private record Pair(double bare, double pipeline, double bareCost, double pipelineCost) {
        double ratio() {
            return pipeline / bare;
        }

        double overhead() {
            return pipelineCost - bareCost;
        }
    }

    @Override
    public void run(Session session) throws Exception {
        session.tell("Writing a model of 600 MB");
        var sample = SampleModel.clip(session.folder());
        var pictured = new PicturedProducts(sample, WIDTH, HEIGHT);
        session.note(
                "Model: the shapes of `%s`, random weights. Each product has a text of some 20 tokens and a JPEG of %d x %d pixels and %.0f KB."
                        .formatted(sample.name(), WIDTH, HEIGHT, pictured.kilobytes()));
        try (var bare = new BareModel(sample.load())) {
            run(session, new Variant("2 workers, batches of 32", 2, BATCH, LONG_WARM_UP, 3), sample, pictured, bare);
            run(session, new Variant("1 worker, batches of 32", 1, BATCH, WARM_UP * 2, 2), sample, pictured, bare);
            run(session, new Variant("2 workers, batches of 8", 2, 8, WARM_UP * 2, 2), sample, pictured, bare);
        }
    }

    private static void run(
            Session session, Variant variant, SampleModel sample, PicturedProducts pictured, BareModel bare)
            throws Exception {
        var settings = new HashMap<>(sample.settings());
        settings.put("EMBEDDER_CORES", String.valueOf(variant.workers()));
        settings.put("EMBEDDER_BATCH_SIZE", String.valueOf(variant.batch()));
        var sluice = RunningSluice.fresh(session.folder(), settings);
        try (var up = sluice.start();
                var upstream = Upstream.of(sluice.endpoints(), sample.index())) {
            var warm = pair(session, variant, pictured.take(WARM_UP), upstream, bare);
            upstream.index(upstream.stored(pictured.take(session.count(variant.warmUp(), WARM_UP))));
            var products = count(session, warm.bare());
            var rounds = session.rounds(
                    variant.what(),
                    variant.rounds(),
                    () -> pair(session, variant, pictured.take(products), upstream, bare));
            session.add(rounds.figure(variant.what() + ", pipeline", "/s", Pair::pipeline));
            session.add(rounds.figure(variant.what() + ", bare model", "/s", Pair::bare));
            session.add(rounds.figure(variant.what() + ", pipeline / bare model", "", Pair::ratio)
                    .atLeast(WANTED));
            session.add(rounds.figure(variant.what() + ", processor time a product", "ms", Pair::pipelineCost));
            session.add(rounds.figure(variant.what() + ", of it not the model's", "ms", Pair::overhead));
            session.add(Figure.of(variant.what() + ", peak RSS of `up`", "MB", RunningSluice.peakMegabytes(up.pid())));
        }
    }

    private static int count(Session session, double perSecond) {
        var seconds = session.count(ROUND_SECONDS, 2);
        return BATCH * Math.clamp(Math.round(perSecond * seconds / BATCH), 1, 32);
    }

    private static Pair pair(Session session, Variant variant, List<Item> items, Upstream upstream, BareModel bare)
            throws Exception {
        var products = upstream.stored(items);
        var started = System.nanoTime();
        var bareSeconds = session.processorSeconds(() -> bare.embed(items, variant.workers()));
        var between = System.nanoTime();
        var pipelineSeconds = session.processorSeconds(() -> upstream.index(products));
        var ended = System.nanoTime();
        return new Pair(
                items.size() * 1e9 / (between - started),
                items.size() * 1e9 / (ended - between),
                bareSeconds * 1e3 / items.size(),
                pipelineSeconds * 1e3 / items.size());
    }
}
