package io.sluice.qdrant.store;

import io.qdrant.client.grpc.JsonWithInt.Value;
import io.sluice.qdrant.payload.JsonPath;
import io.sluice.qdrant.protocol.Rejection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A function from a payload to the changed payload. */
@FunctionalInterface
interface PayloadChange {
    Map<String, Value> apply(Map<String, Value> payload);

    /** Adds or replaces fields; a null removes a field, as in a JSON merge. */
    static PayloadChange merge(Map<String, Value> fields) {
        return payload -> {
            var merged = new LinkedHashMap<>(payload);
            fields.forEach((name, value) -> {
                if (value.hasNullValue()) {
                    merged.remove(name);
                } else {
                    merged.put(name, value);
                }
            });
            return merged;
        };
    }

    /** Replaces the whole payload. */
    static PayloadChange overwrite(Map<String, Value> other) {
        return _ -> other;
    }

    /** Removes top-level fields. */
    static PayloadChange without(List<String> fields) {
        var names = fields.stream().map(PayloadChange::topLevelName).toList();
        return payload -> {
            var rest = new LinkedHashMap<>(payload);
            names.forEach(rest::remove);
            return rest;
        };
    }

    private static String topLevelName(String field) {
        var steps = JsonPath.parse(field).steps();
        if (steps.size() == 1 && steps.getFirst() instanceof JsonPath.Step.Key(var name)) {
            return name;
        }
        throw Rejection.unsupported("nested keys in DeletePayload");
    }
}
