package io.sluice.qdrant.filter;

import io.qdrant.client.grpc.JsonWithInt.Value;
import io.sluice.qdrant.protocol.PointKey;
import java.util.Map;
import java.util.Set;

/** The input of a filter: a point, or an object nested in a point's payload. */
public interface Candidate {
    /** {@return its payload} */
    Map<String, Value> payload();

    /** {@return whether it has a vector of that name} */
    boolean hasVector(String name);

    /** {@return whether its id is among these} */
    boolean isOneOf(Set<PointKey> keys);

    /** An object nested in a payload. It has neither id nor vectors. */
    record Nested(Map<String, Value> payload) implements Candidate {
        @Override
        public boolean hasVector(String name) {
            return false;
        }

        @Override
        public boolean isOneOf(Set<PointKey> keys) {
            return false;
        }
    }
}
