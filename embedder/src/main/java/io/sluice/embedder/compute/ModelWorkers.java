package io.sluice.embedder.compute;

import io.sluice.embedder.model.EmbeddingModel;
import io.sluice.pictures.decode.ImageDecoder.Decoding;
import io.sluice.pictures.decode.ImageRefusedException;
import io.sluice.pictures.decode.Picture;
import io.sluice.schemas.product.Embedding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Runs the model on the pool. It cuts a list into small pieces and joins their results in order. A piece has texts of
 * similar length, so that they need little padding. Calls block, and throw the exception of the work. Owns the model
 * and the pool.
 */
public final class ModelWorkers implements AutoCloseable {
    /** The characters that a text counts for at least, because each text of a run costs some time. */
    private static final int MIN_CHARACTERS = 64;

    private final EmbeddingModel model;
    private final ImageWorkers images;
    private final CpuPool pool;

    /** Creates the workers of a model, on the pool that decodes the images. */
    public ModelWorkers(EmbeddingModel model, ImageWorkers images, CpuPool pool) {
        this.model = model;
        this.images = images;
        this.pool = pool;
    }

    /** {@return the model that the workers run} */
    public EmbeddingModel model() {
        return model;
    }

    /** {@return one vector for each text, in order} */
    public List<Embedding> embedTexts(List<String> texts, Lane lane) {
        var portion = model.portion();
        return inPieces(
                texts,
                text -> Math.clamp(text.length(), Math.min(MIN_CHARACTERS, portion.read()), portion.read()),
                portion.characters(),
                model::embedTexts,
                lane);
    }

    /** {@return one vector for each picture, in order} */
    public List<Embedding> embedImages(List<Picture> pictures, Lane lane) {
        return inPieces(pictures, _ -> 1, model.portion().pictures(), model::embedImages, lane);
    }

    /**
     * Decodes an image file into the framing of the model.
     *
     * @throws ImageRefusedException when the image cannot be used, or its decoding takes too long
     * @throws RejectedExecutionException when the pool is closed, or the caller is interrupted, before the decoding
     *     begins
     */
    public Picture decode(byte[] file, Lane lane) {
        return images.decode(file, model.framing(), lane, Decoding::picture);
    }

    /** Waits for work in flight before it closes the model, because closing a model during a run crashes the JVM. */
    @Override
    public void close() {
        pool.close();
        model.close();
    }

    private <T> List<Embedding> inPieces(
            List<T> inputs, ToIntFunction<T> weight, int portion, Function<List<T>, List<Embedding>> work, Lane lane) {
        var sorted = IntStream.range(0, inputs.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> weight.applyAsInt(inputs.get(i))))
                .toList();
        var pieces = new ArrayList<CompletableFuture<List<Embedding>>>();
        var piece = new ArrayList<T>();
        for (int i : sorted) {
            var input = inputs.get(i);
            // all inputs of a piece are padded to the longest, which is the last
            if (!piece.isEmpty() && (piece.size() + 1) * weight.applyAsInt(input) > portion) {
                pieces.add(submit(work, piece, lane));
                piece.clear();
            }
            piece.add(input);
        }
        if (!piece.isEmpty()) {
            pieces.add(submit(work, piece, lane));
        }
        return inOrder(sorted, pieces);
    }

    private <T> CompletableFuture<List<Embedding>> submit(
            Function<List<T>, List<Embedding>> work, List<T> piece, Lane lane) {
        var inputs = List.copyOf(piece);
        return pool.submit(lane, () -> work.apply(inputs));
    }

    private static List<Embedding> inOrder(List<Integer> places, List<CompletableFuture<List<Embedding>>> pieces) {
        var results = new TreeMap<Integer, Embedding>();
        var next = places.iterator();
        for (var piece : pieces) {
            await(piece).forEach(embedding -> results.put(next.next(), embedding));
        }
        return List.copyOf(results.values());
    }

    /** {@return the result of work on the pool; throws the exception of the work} */
    static <T> T await(CompletableFuture<T> result) {
        try {
            return result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
