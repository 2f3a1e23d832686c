package io.sluice.qdrant.store;

import io.qdrant.client.grpc.Collections.VectorParams;
import io.sluice.qdrant.filter.PointFilter;
import io.sluice.qdrant.protocol.PointKey;
import io.sluice.qdrant.protocol.Rejection;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** All vectors of one name, side by side for the scan: a deleted one's place is taken by the last. */
public final class VectorColumn {
    private static final int FIRST_CAPACITY = 64;

    private final int size;
    private final Metric metric;
    private final Map<PointKey, Integer> slots = new HashMap<>();
    private float[][] vectors = new float[FIRST_CAPACITY][];
    private @Nullable Point[] owners = new Point[FIRST_CAPACITY];

    VectorColumn(VectorParams params) {
        this.size = Math.toIntExact(params.getSize());
        this.metric = Metric.of(params.getDistance());
    }

    /** {@return how it compares} */
    public Metric metric() {
        return metric;
    }

    /** {@return how many vectors it holds} */
    int count() {
        return slots.size();
    }

    /** {@return a vector as it is stored and searched with, if it fits} */
    public float[] prepared(float[] vector) {
        if (vector.length != size) {
            throw Rejection.wrongInput(
                    "Vector dimension error: expected dim: %d, got %d".formatted(size, vector.length));
        }
        for (var component : vector) {
            if (!Float.isFinite(component)) {
                throw Rejection.wrongInput("Vector contains NaN or infinite values");
            }
        }
        return metric.prepared(vector);
    }

    void put(Point point, float[] vector) {
        var slot = slots.computeIfAbsent(point.key(), _ -> slots.size());
        if (slot == vectors.length) {
            vectors = Arrays.copyOf(vectors, 2 * slot);
            owners = Arrays.copyOf(owners, 2 * slot);
        }
        vectors[slot] = vector;
        owners[slot] = point;
    }

    void remove(PointKey key) {
        var hole = slots.remove(key);
        if (hole == null) {
            return;
        }
        var last = slots.size();
        if (hole != last) {
            vectors[hole] = vectors[last];
            owners[hole] = owners[last];
            slots.put(ownerAt(hole).key(), hole);
        }
        owners[last] = null;
        vectors[last] = new float[0];
    }

    /** {@return the nearest points that pass the filter, best first} */
    public List<Scored> nearest(float[] query, PointFilter filter, int limit) {
        var best = new PriorityQueue<>(Scored.BEST_FIRST.reversed());
        for (int slot = 0; slot < slots.size(); slot++) {
            var point = ownerAt(slot);
            if (filter == PointFilter.ALL || filter.matches(point)) {
                var rank = metric.rank(query, vectors[slot]);
                if (best.size() < limit) {
                    best.add(new Scored(point, rank));
                } else if (rank >= best.element().rank()) {
                    best.add(new Scored(point, rank));
                    best.remove();
                }
            }
        }
        return best.stream().sorted(Scored.BEST_FIRST).toList();
    }

    private Point ownerAt(int slot) {
        return Objects.requireNonNull(owners[slot]);
    }
}
