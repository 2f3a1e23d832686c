package io.sluice.qdrant.store;

import io.qdrant.client.grpc.Collections.VectorParams;
import io.sluice.qdrant.filter.PointFilter;
import io.sluice.qdrant.protocol.PointKey;
import io.sluice.qdrant.protocol.Rejection;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * All vectors of one name, stored side by side for the scan. When a vector is deleted, the last vector takes its place.
 * The vectors are outside the heap, so that garbage collection does not copy them. Their memory is freed when the
 * column is no longer referenced.
 */
public final class VectorColumn {
    /** How many vectors a block of memory holds. */
    private static final int BLOCK = 256;

    private final int size;
    private final Metric metric;
    private final Map<PointKey, Integer> slots = new HashMap<>();
    private final List<Point> owners = new ArrayList<>();
    private final List<MemorySegment> blocks = new ArrayList<>();
    private final SegmentAllocator memory;

    VectorColumn(VectorParams params, SegmentAllocator memory) {
        this.memory = memory;
        this.size = Math.toIntExact(params.getSize());
        this.metric = Metric.of(params.getDistance());
    }

    /** {@return the metric that compares its vectors} */
    public Metric metric() {
        return metric;
    }

    /** {@return how many bytes its vectors take} */
    long bytes() {
        return (long) owners.size() * size * Float.BYTES;
    }

    /**
     * {@return the vector in the form in which it is stored and compared; throws a {@link Rejection} when it does not
     * fit}
     */
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

    /** {@return the vector of a point, as it is stored} */
    public Optional<float[]> vector(PointKey key) {
        return Optional.ofNullable(slots.get(key)).map(slot -> read(slot, new float[size]));
    }

    /**
     * Makes room for this many more vectors. Throws a {@link Rejection} when there is no memory; the stored vectors do
     * not change.
     */
    void reserve(int more) {
        try {
            while ((long) blocks.size() * BLOCK < (long) owners.size() + more) {
                blocks.add(memory.allocate(ValueLayout.JAVA_FLOAT, (long) BLOCK * size));
            }
        } catch (OutOfMemoryError full) {
            throw Rejection.exhausted(
                    "The local Qdrant stand-in is full: give it more memory (SLUICE_JAVA_OPTS=-XX:MaxDirectMemorySize=4g) or use a real Qdrant");
        }
    }

    /** Stores a vector for which there is room. */
    void put(Point point, float[] vector) {
        var slot = slots.computeIfAbsent(point.key(), _ -> owners.size());
        if (slot == owners.size()) {
            owners.add(point);
        } else {
            owners.set(slot, point);
        }
        write(slot, vector);
    }

    /** Keeps the vector of a point whose payload has changed. */
    void keep(Point point) {
        var slot = slots.get(point.key());
        if (slot != null) {
            owners.set(slot, point);
        }
    }

    void remove(PointKey key) {
        var hole = slots.remove(key);
        if (hole == null) {
            return;
        }
        var last = owners.removeLast();
        if (hole < owners.size()) {
            write(hole, read(owners.size(), new float[size]));
            owners.set(hole, last);
            slots.put(last.key(), hole);
        }
    }

    /** {@return the nearest points that pass the filter, best first} */
    public List<Scored> nearest(float[] query, PointFilter filter, int limit) {
        var best = new PriorityQueue<>(Scored.BEST_FIRST.reversed());
        var vector = new float[size];
        for (int slot = 0; slot < owners.size(); slot++) {
            var point = owners.get(slot);
            if (filter == PointFilter.ALL || filter.matches(point)) {
                var rank = metric.rank(query, read(slot, vector));
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

    private float[] read(int slot, float[] into) {
        MemorySegment.copy(blocks.get(slot / BLOCK), ValueLayout.JAVA_FLOAT, offset(slot), into, 0, size);
        return into;
    }

    private void write(int slot, float[] vector) {
        MemorySegment.copy(vector, 0, blocks.get(slot / BLOCK), ValueLayout.JAVA_FLOAT, offset(slot), size);
    }

    private long offset(int slot) {
        return (long) (slot % BLOCK) * size * Float.BYTES;
    }
}
