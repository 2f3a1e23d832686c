package io.sluice.qdrant.payload;

import io.qdrant.client.grpc.JsonWithInt.ListValue;
import io.qdrant.client.grpc.JsonWithInt.Struct;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.WithPayloadSelector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The part of a payload that a reader asked for. */
@FunctionalInterface
public interface PayloadSelector {
    /** {@return the part of a payload to show} */
    Map<String, Value> select(Map<String, Value> payload);

    /**
     * {@return the selector a request describes}
     *
     * @param ifUnsaid whether the call shows payloads when the request does not say
     */
    static PayloadSelector of(WithPayloadSelector request, boolean ifUnsaid) {
        return switch (request.getSelectorOptionsCase()) {
            case ENABLE -> allOrNothing(request.getEnable());
            case INCLUDE -> {
                var paths = paths(request.getInclude().getFieldsList());
                yield keeping(path -> paths.stream().anyMatch(path::touches));
            }
            case EXCLUDE -> {
                var paths = paths(request.getExclude().getFieldsList());
                yield keeping(path -> !paths.contains(path));
            }
            case SELECTOROPTIONS_NOT_SET -> allOrNothing(ifUnsaid);
        };
    }

    private static PayloadSelector allOrNothing(boolean all) {
        return payload -> all ? payload : Map.of();
    }

    private static List<JsonPath> paths(List<String> fields) {
        return fields.stream().map(JsonPath::parse).toList();
    }

    private static PayloadSelector keeping(Predicate<JsonPath> wanted) {
        return payload -> members(new JsonPath(List.of()), payload, wanted);
    }

    private static Map<String, Value> members(JsonPath parent, Map<String, Value> fields, Predicate<JsonPath> wanted) {
        var kept = new LinkedHashMap<String, Value>();
        fields.forEach((name, value) -> {
            var path = parent.then(new JsonPath.Step.Key(name));
            if (wanted.test(path)) {
                kept.put(name, pruned(path, value, wanted));
            }
        });
        return kept;
    }

    private static Value pruned(JsonPath path, Value value, Predicate<JsonPath> wanted) {
        if (value.hasStructValue()) {
            var members = members(path, value.getStructValue().getFieldsMap(), wanted);
            return Value.newBuilder()
                    .setStructValue(Struct.newBuilder().putAllFields(members))
                    .build();
        }
        if (value.hasListValue()) {
            var each = path.then(new JsonPath.Step.Each());
            var kept = ListValue.newBuilder();
            value.getListValue().getValuesList().stream()
                    .filter(_ -> wanted.test(each))
                    .forEach(element -> kept.addValues(pruned(each, element, wanted)));
            return Value.newBuilder().setListValue(kept).build();
        }
        return value;
    }
}
