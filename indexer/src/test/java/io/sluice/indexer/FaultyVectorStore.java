package io.sluice.indexer;

import io.sluice.stores.product.VectorStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A real vector store whose writes fail for some points, and whose probe fails when it is told to. */
final class FaultyVectorStore implements VectorStore {
    private final VectorStore store;
    private final Supplier<RuntimeException> fault;
    private volatile Predicate<String> failing;
    private volatile boolean isDown;

    /**
     * A store that fails for some products.
     *
     * @param failing the ids of the products
     */
    FaultyVectorStore(VectorStore store, Supplier<RuntimeException> fault, Predicate<String> failing) {
        this.store = store;
        this.fault = fault;
        this.failing = failing;
    }

    /** Fails on every product, and in the probe too. */
    void goDown() {
        failing = _ -> true;
        isDown = true;
    }

    void comeBack() {
        isDown = false;
        failing = _ -> false;
    }

    @Override
    public void upsert(String index, List<Point> points) {
        if (points.stream()
                .anyMatch(point -> failing.test(point.vectors().product().productId()))) {
            throw fault.get();
        }
        store.upsert(index, points);
    }

    @Override
    public void probe() throws Exception {
        if (isDown) {
            throw fault.get();
        }
        store.probe();
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
}
