package io.sluice.indexer;

import io.sluice.stores.product.VectorStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Passes every call on to a real vector store. Tests change some of the calls. */
abstract class DelegatingVectorStore implements VectorStore {
    private final VectorStore store;

    DelegatingVectorStore(VectorStore store) {
        this.store = store;
    }

    @Override
    public void prepare(String index, Map<String, Integer> dimensions) {
        store.prepare(index, dimensions);
    }

    @Override
    public Optional<Map<String, Integer>> dimensions(String index) {
        return store.dimensions(index);
    }

    @Override
    public Optional<ServedIndex> servedIndex() {
        return store.servedIndex();
    }

    @Override
    public void upsert(String index, List<Point> points) {
        store.upsert(index, points);
    }

    @Override
    public void delete(String index, Collection<Removal> removals) {
        store.delete(index, removals);
    }

    @Override
    public List<Hit> search(String index, Query query) {
        return store.search(index, query);
    }

    @Override
    public List<Hit> search(ServedIndex served, Query query) {
        return store.search(served, query);
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public void probe() throws Exception {
        store.probe();
    }
}
