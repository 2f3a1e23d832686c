package io.sluice.indexer;

import io.sluice.stores.product.VectorStore;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A real vector store whose writes fail for some points, and whose probe fails when it is told to. */
final class FaultyVectorStore extends DelegatingVectorStore {
    private final Supplier<RuntimeException> fault;
    private volatile Predicate<String> failing;
    private volatile boolean isDown;

    /**
     * A store that fails for some products.
     *
     * @param failing the ids of the products
     */
    FaultyVectorStore(VectorStore store, Supplier<RuntimeException> fault, Predicate<String> failing) {
        super(store);
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
        super.upsert(index, points);
    }

    @Override
    public void probe() throws Exception {
        if (isDown) {
            throw fault.get();
        }
        super.probe();
    }
}
