package io.sluice.qdrant.store;

import io.qdrant.client.grpc.JsonWithInt.Value;
import io.sluice.qdrant.filter.Candidate;
import io.sluice.qdrant.protocol.PointKey;
import java.util.Map;
import java.util.Set;

/**
 * A point as it stands. It never changes: an update puts another in its place.
 *
 * @param vectors by name, the unnamed one under the empty name; prepared for the metric, not to be written to
 * @param version the number of the operation that wrote it
 */
public record Point(PointKey key, Map<String, float[]> vectors, Map<String, Value> payload, long version)
        implements Candidate {
    @Override
    public boolean hasVector(String name) {
        return vectors.containsKey(name);
    }

    @Override
    public boolean isOneOf(Set<PointKey> keys) {
        return keys.contains(key);
    }

    Point withPayload(Map<String, Value> other, long newVersion) {
        return new Point(key, vectors, other, newVersion);
    }

    /** {@return about how many bytes it takes in the journal} */
    long weight() {
        long bytes = 64;
        for (var vector : vectors.values()) {
            bytes += (long) Float.BYTES * vector.length;
        }
        for (var field : payload.entrySet()) {
            bytes += field.getKey().length() + field.getValue().getSerializedSize();
        }
        return bytes;
    }
}
