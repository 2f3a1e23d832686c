package io.sluice.embedder;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.embedder.Input.Image;
import io.sluice.embedder.Input.Text;
import io.sluice.embedder.Vector.Made;
import io.sluice.embedder.Vector.Missing;
import io.sluice.embedder.compute.Lane;
import io.sluice.embedder.compute.ModelWorkers;
import io.sluice.pictures.decode.Picture;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Scope;
import io.sluice.runtime.FailureTranslator;
import io.sluice.runtime.RuntimeFailure;
import io.sluice.schemas.product.Embedding;
import io.sluice.stores.embeddings.EmbeddingCache;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Makes the vectors of texts and images. When the same model has embedded the same content before, the vector comes
 * from the cache; otherwise it is computed. An input that occurs several times is computed once.
 */
final class Vectors {
    /** The counter of vectors, with the tags {@code source} (reused or computed) and {@code vector} (its name). */
    static final String METER = "sluice.embeddings";

    private final ModelWorkers workers;
    private final PictureLoader pictures;
    private final EmbeddingCache cache;
    private final FailureTranslator errors;
    private final MeterRegistry meters;

    Vectors(
            ModelWorkers workers,
            PictureLoader pictures,
            EmbeddingCache cache,
            FailureTranslator errors,
            MeterRegistry meters) {
        this.workers = workers;
        this.pictures = pictures;
        this.cache = cache;
        this.errors = errors;
        this.meters = meters;
    }

    /**
     * Returns the outcome of each input. A failing image affects only its own input; a failure of the model is thrown.
     */
    Map<Input, Vector> of(Collection<? extends Input> inputs) {
        var wanted = new LinkedHashSet<Input>(inputs);
        var vectors = reused(wanted);
        wanted.removeAll(vectors.keySet());
        vectors.putAll(computed(wanted));
        return vectors;
    }

    private Map<Input, Vector> reused(Collection<Input> inputs) {
        var keys = new HashMap<Input, EmbeddingCache.Key>();
        inputs.forEach(input -> keys.put(input, key(input)));
        var known = cache.find(keys.values());
        var vectors = new HashMap<Input, Vector>();
        keys.forEach((input, key) -> {
            var embedding = known.get(key);
            if (embedding != null) {
                vectors.put(input, new Made(embedding));
                count("reused", input);
            }
        });
        return vectors;
    }

    private Map<Input, Vector> computed(Collection<Input> inputs) {
        var loading = new LinkedHashMap<Image, CompletableFuture<Picture>>();
        only(Image.class, inputs).forEach(image -> loading.put(image, pictures.load(image.object())));
        var texts = only(Text.class, inputs);
        var made = new HashMap<Input, Embedding>();
        join(texts, workers.embedTexts(texts.stream().map(Text::text).toList(), Lane.PRODUCTS), made);
        var missing = new HashMap<Input, Vector>();
        var loaded = new LinkedHashMap<Image, Picture>();
        loading.forEach((image, picture) -> {
            try {
                loaded.put(image, picture.join());
            } catch (CompletionException e) {
                missing.put(image, missing(e));
            }
        });
        join(loaded.keySet(), workers.embedImages(List.copyOf(loaded.values()), Lane.PRODUCTS), made);
        keep(made);
        var vectors = new HashMap<>(missing);
        made.forEach((input, embedding) -> vectors.put(input, new Made(embedding)));
        return vectors;
    }

    private Missing missing(CompletionException thrown) {
        var cause = thrown.getCause() == null ? thrown : thrown.getCause();
        return new Missing(errors.translate(cause)
                .orElseGet(() -> new Retryable(
                        RuntimeFailure.UNCLASSIFIED, "the image could not be embedded", Scope.RECORD, cause)));
    }

    private void keep(Map<Input, Embedding> made) {
        var kept = new HashMap<EmbeddingCache.Key, Embedding>();
        made.forEach((input, embedding) -> {
            kept.put(key(input), embedding);
            count("computed", input);
        });
        cache.keep(kept);
    }

    private EmbeddingCache.Key key(Input input) {
        return input.key(workers.model().revision());
    }

    private void count(String source, Input input) {
        meters.counter(METER, "source", source, "vector", input.vector()).increment();
    }

    private static <T extends Input> List<T> only(Class<T> type, Collection<Input> inputs) {
        return inputs.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static void join(
            Collection<? extends Input> inputs, List<Embedding> embeddings, Map<Input, Embedding> made) {
        var next = embeddings.iterator();
        new ArrayList<>(inputs).forEach(input -> made.put(input, next.next()));
    }
}
