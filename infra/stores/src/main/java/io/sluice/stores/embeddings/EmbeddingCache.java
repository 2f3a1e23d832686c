package io.sluice.stores.embeddings;

import io.sluice.schemas.product.Embedding;
import java.util.Collection;
import java.util.Map;

/**
 * Keeps computed vectors across restarts and replays. If the cache cannot be reached, it finds nothing and stores
 * nothing; it never throws.
 */
public interface EmbeddingCache {
    /**
     * Identifies an embedding.
     *
     * @param sha256 SHA-256 of the model's input, 64 hex digits
     * @param model name of the model, with everything that changes its output
     * @param vector name of the vector: {@code text} or {@code image}
     */
    record Key(String sha256, String model, String vector) {}

    /** {@return the stored embeddings of these keys} */
    Map<Key, Embedding> find(Collection<Key> keys);

    /** Stores these embeddings. An embedding that is stored already stays as it is. */
    void keep(Map<Key, Embedding> embeddings);
}
