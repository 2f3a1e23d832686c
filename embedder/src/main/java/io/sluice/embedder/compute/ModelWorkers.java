package io.sluice.embedder.compute;

import io.sluice.embedder.image.ImageDecoder;
import io.sluice.embedder.image.Picture;
import io.sluice.embedder.model.EmbeddingModel;
import io.sluice.schemas.product.Embedding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The model at work on the pool: cuts lists into small pieces, of texts of like length so that little is padded, and puts
 * the results together again. Calls wait; whatever the work throws comes out of them.
 */
public final class ModelWorkers {
    /** Larger pieces compute hardly faster, and let a query wait longer. */
    private static final int PIECE = 4;

    private final EmbeddingModel model;
    private final ImageDecoder decoder;
    private final CpuPool pool;

    public ModelWorkers(EmbeddingModel model, ImageDecoder decoder, CpuPool pool) {
        this.model = model;
        this.decoder = decoder;
        this.pool = pool;
    }

    /** {@return the model at work} */
    public EmbeddingModel model() {
        return model;
    }

    /** {@return one vector for each text, in order} */
    public List<Embedding> embedTexts(List<String> texts, Lane lane) {
        return inPieces(texts, Comparator.comparingInt(String::length), model::embedTexts, lane);
    }

    /** {@return one vector for each picture, in order} */
    public List<Embedding> embedImages(List<Picture> pictures, Lane lane) {
        return inPieces(pictures, (_, _) -> 0, model::embedImages, lane);
    }

    /**
     * Decodes an image file as the model wants it framed.
     *
     * @throws io.sluice.embedder.image.ImageRefusedException when it is not an image that can be used
     */
    public Picture decode(byte[] file, Lane lane) {
        return await(submit(lane, () -> decoder.decode(file, model.framing())));
    }

    private <T> List<Embedding> inPieces(
            List<T> inputs, Comparator<T> order, Function<List<T>, List<Embedding>> work, Lane lane) {
        var sorted = IntStream.range(0, inputs.size())
                .boxed()
                .sorted((some, other) -> order.compare(inputs.get(some), inputs.get(other)))
                .toList();
        var pieces = new ArrayList<CompletableFuture<List<Embedding>>>();
        for (int from = 0; from < sorted.size(); from += PIECE) {
            var piece = sorted.subList(from, Math.min(from + PIECE, sorted.size())).stream()
                    .map(inputs::get)
                    .toList();
            pieces.add(submit(lane, () -> work.apply(piece)));
        }
        var results = new TreeMap<Integer, Embedding>();
        var next = sorted.iterator();
        for (var piece : pieces) {
            await(piece).forEach(embedding -> results.put(next.next(), embedding));
        }
        return List.copyOf(results.values());
    }

    private <T> CompletableFuture<T> submit(Lane lane, Callable<T> work) {
        return pool.submit(lane, work);
    }

    private static <T> T await(CompletableFuture<T> result) {
        try {
            return result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
