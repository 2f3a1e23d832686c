package io.sluice.fakes;

import io.sluice.schemas.product.Embedding;
import io.sluice.stores.embeddings.EmbeddingCache;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A cache of embeddings in memory, which a test can make unreachable. Safe for use by many threads. */
public final class InMemoryEmbeddings implements EmbeddingCache {
    private final Map<Key, Embedding> kept = new ConcurrentHashMap<>();
    private volatile boolean away;

    /** Makes the cache unreachable, so that it finds and stores nothing; false makes it reachable again. */
    public void setAway(boolean away) {
        this.away = away;
    }

    /** {@return the keys of all stored embeddings} */
    public Set<Key> keys() {
        return kept.keySet();
    }

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
            embeddings.forEach(kept::putIfAbsent);
        }
    }
}
