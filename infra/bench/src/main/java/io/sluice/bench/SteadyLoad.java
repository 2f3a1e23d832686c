package io.sluice.bench;

import io.sluice.bench.load.SampleModel;
import io.sluice.schemas.product.ProductSaved;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Publishes products with pictures at a steady rate, until it is closed. */
final class SteadyLoad implements AutoCloseable {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Iterator<ProductSaved> products;
    private final Upstream upstream;

    private SteadyLoad(Upstream upstream, Iterator<ProductSaved> products) {
        this.upstream = upstream;
        this.products = products;
    }

    /**
     * Stores the pictures, then starts to publish.
     *
     * @param most how many products are prepared
     */
    static SteadyLoad start(Upstream upstream, int perSecond, int most) {
        var products = upstream.stored(new PicturedProducts(SampleModel.builtin(), WIDTH, HEIGHT).take(most));
        var load = new SteadyLoad(upstream, products.iterator());
        var period = TimeUnit.SECONDS.toNanos(1) / perSecond;
        var unused = load.clock.scheduleAtFixedRate(load::publish, 0, period, TimeUnit.NANOSECONDS);
        return load;
    }

    private void publish() {
        if (products.hasNext()) {
            upstream.publishProducts(List.of(products.next()));
        }
    }

    /**
     * Stops.
     *
     * @throws IllegalStateException when the prepared products did not last
     */
    @Override
    public void close() {
        clock.close();
        if (!products.hasNext()) {
            throw new IllegalStateException("the load ran out of products");
        }
    }
}
