package io.sluice.qdrant.store;

import io.qdrant.client.grpc.JsonWithInt.Value;
import io.sluice.qdrant.filter.Candidate;
import io.sluice.qdrant.protocol.PointKey;
import java.util.Map;
import java.util.Set;

/**
 * A point. It is immutable: an update replaces it by another point. Its vectors are in the columns of the collection.
 *
 * @param vectors the names of its vectors; an unnamed vector has the empty name
 * @param version the number of the operation that wrote it
 */
public record Point(PointKey key, Set<String> vectors, Map<String, Value> payload, long version) implements Candidate {
    @Override
    public boolean hasVector(String name) {
        return vectors.contains(name);
    }

    @Override
    public boolean isOneOf(Set<PointKey> keys) {
        return keys.contains(key);
    }

    Point withPayload(Map<String, Value> other, long newVersion) {
        return new Point(key, vectors, other, newVersion);
    }

    /** {@return about how many bytes it takes in the journal, without its vectors} */
    long weight() {
        long bytes = 64;
        for (var field : payload.entrySet()) {
            bytes += field.getKey().length() + field.getValue().getSerializedSize();
        }
        return bytes;
    }
}
