package io.sluice.bench;

import io.sluice.bench.harness.Benchmark;
import io.sluice.bench.harness.Figure;
import io.sluice.bench.harness.Session;
import io.sluice.bench.load.SampleModel;
import io.sluice.client.monitoring.ServiceMonitor;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.stack.Endpoints;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Measures unchanged products that are sent again. Nothing should be computed for them. */
final class ReuseBenchmark implements Benchmark {
    private static final int ROUNDS = 3;

    @Override
    public String name() {
        return "reuse";
    }

    @Override
    public String description() {
        return "unchanged products again: products/s, and embeddings computed";
    }

    @Override
    public void run(Session session) throws Exception {
        var sample = SampleModel.builtin();
        var count = session.count(500, 100);
        var sluice = RunningSluice.fresh(session.folder(), sample.settings());
        try (var up = sluice.start();
                var upstream = Upstream.of(sluice.endpoints(), sample.index());
                var embedder = new ServiceMonitor(URI.create(sluice.endpoints().get(Endpoints.EMBEDDER)))) {
            var pictured = new PicturedProducts(sample, 640, 480);
            upstream.index(upstream.stored(pictured.take(session.count(100, 20))));
            var first = session.rounds("first time", ROUNDS, () -> {
                var products = upstream.stored(pictured.take(count));
                return perSecond(products, upstream);
            });
            var products = upstream.stored(pictured.take(count));
            upstream.index(products);
            var before = embedder.sum("sluice_embeddings_total", "source=\"computed\"");
            var again = session.rounds("again", ROUNDS, () -> perSecond(products, upstream));
            var computed = embedder.sum("sluice_embeddings_total", "source=\"computed\"") - before;
            session.add(first.figure("new products with pictures", "/s", rate -> rate));
            session.add(again.figure("the same again, unchanged", "/s", rate -> rate));
            session.add(Figure.of("embeddings computed for what was unchanged", "", computed)
                    .atMost(0));
            session.add(Figure.of("peak RSS of `up`", "MB", RunningSluice.peakMegabytes(up.pid())));
            session.note("%d products a round, model `%s`, JPEGs of 640 x 480.".formatted(count, sample.name()));
        }
    }

    /** {@return products per second} */
    private static double perSecond(List<ProductSaved> products, Upstream upstream)
            throws InterruptedException, ExecutionException {
        var started = System.nanoTime();
        upstream.index(products);
        return products.size() / ((System.nanoTime() - started) / 1e9);
    }
}
