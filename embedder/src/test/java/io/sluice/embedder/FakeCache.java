package io.sluice.embedder;

import io.sluice.schemas.product.Embedding;
import io.sluice.stores.embeddings.EmbeddingCache;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A cache in memory, which may be away. */
final class FakeCache implements EmbeddingCache {
    final Map<Key, Embedding> kept = new ConcurrentHashMap<>();
    volatile boolean away;

    @Override
    public Map<Key, Embedding> find(Collection<Key> keys) {
        var found = new HashMap<Key, Embedding>();
        for (var key : keys) {
            var embedding = kept.get(key);
            if (embedding != null && !away) {
                found.put(key, embedding);
            }
        }
        return found;
    }

    @Override
    public void keep(Map<Key, Embedding> embeddings) {
        if (!away) {
            kept.putAll(embeddings);
        }
    }
}
