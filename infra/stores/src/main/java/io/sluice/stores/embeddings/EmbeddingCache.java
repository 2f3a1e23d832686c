package io.sluice.stores.embeddings;

import io.sluice.schemas.product.Embedding;
import java.util.Collection;
import java.util.Map;

/** Vectors already computed, kept across restarts and replays. A cache that cannot be reached knows nothing; it never throws. */
public interface EmbeddingCache {
    /**
     * The identity of an embedding.
     *
     * @param sha256 of the model's input, 64 hex digits
     * @param model the model's name, with everything that changes its output
     * @param vector the vector's name: {@code text} or {@code image}
     */
    record Key(String sha256, String model, String vector) {}

    /** {@return what is known of these keys} */
    Map<Key, Embedding> find(Collection<Key> keys);

    /** Keeps these embeddings. */
    void keep(Map<Key, Embedding> embeddings);
}
