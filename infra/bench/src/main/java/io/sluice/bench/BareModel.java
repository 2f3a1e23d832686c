package io.sluice.bench;

import io.sluice.bench.PicturedProducts.Item;
import io.sluice.embedder.model.EmbeddingModel;
import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.decode.ImageDecoder;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Gatherers;

/** Runs the model alone, with bytes in memory, no topic and no store: the most that the machine can do. */
final class BareModel implements AutoCloseable {
    /** The number of pictures that the embedder gives to the model at a time. */
    private static final int BATCH = 8;

    private final EmbeddingModel model;
    private final ImageDecoder decoder = new ImageDecoder(new ImageInspector(ImageInspector.Limits.ofDefaults()));

    BareModel(EmbeddingModel model) {
        this.model = model;
    }

    /** Embeds all items with this number of threads. Each thread decodes and embeds eight pictures and eight texts at a time. */
    void embed(List<Item> items, int callers) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newFixedThreadPool(callers)) {
            var batches = items.stream().gather(Gatherers.windowFixed(BATCH)).toList();
            List<? extends Future<?>> done = batches.stream()
                    .map(batch -> threads.submit(() -> embed(batch)))
                    .toList();
            for (var batch : done) {
                batch.get();
            }
        }
    }

    private void embed(List<Item> batch) {
        var framing = model.framing();
        var pictures = batch.stream()
                .map(item -> decoder.decode(item.picture().bytes(), framing))
                .toList();
        var vectors = model.embedImages(pictures).size()
                + model.embedTexts(batch.stream().map(Item::text).toList()).size();
        if (vectors != 2 * batch.size()) {
            throw new IllegalStateException("expected two vectors a product, got " + vectors);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
