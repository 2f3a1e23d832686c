package io.sluice.fakes;

import io.sluice.stores.embeddings.EmbeddingCache;

class InMemoryEmbeddingsTest extends EmbeddingCacheContract {
    private final InMemoryEmbeddings cache = new InMemoryEmbeddings();

    @Override
    EmbeddingCache cache() {
        return cache;
    }

    @Override
    EmbeddingCache away() {
        cache.setAway(true);
        return cache;
    }
}
