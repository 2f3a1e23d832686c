package io.sluice.qdrant.query;

import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.FacetHit;
import io.qdrant.client.grpc.Points.FacetValue;
import io.qdrant.client.grpc.Points.FieldType;
import io.sluice.qdrant.filter.PointFilter;
import io.sluice.qdrant.payload.JsonPath;
import io.sluice.qdrant.protocol.Rejection;
import io.sluice.qdrant.store.FieldIndexes;
import io.sluice.qdrant.store.VectorCollection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Counts the points that have each value of a field. */
public final class Facets {
    private static final Set<FieldType> MATCHABLE = Set.of(
            FieldType.FieldTypeKeyword, FieldType.FieldTypeInteger, FieldType.FieldTypeBool, FieldType.FieldTypeUuid);
    private static final Comparator<Map.Entry<Value, Long>> MOST_FIRST = Map.Entry.<Value, Long>comparingByValue()
            .reversed()
            .thenComparing(entry -> entry.getKey().getStringValue())
            .thenComparing(entry -> entry.getKey().getIntegerValue())
            .thenComparing(entry -> entry.getKey().getBoolValue());

    private Facets() {}

    /** {@return the most frequent values with their counts; a point counts once for each value it has} */
    public static List<FacetHit> count(VectorCollection collection, String key, PointFilter filter, int limit) {
        var index = collection.indexes().get(key);
        if (index == null || !MATCHABLE.contains(FieldIndexes.type(index))) {
            throw Rejection.wrongInput(("No appropriate index for faceting: `%s`. Please create one to facet on this"
                            + " field. Check https://qdrant.tech/documentation/concepts/indexing/#payload-index to see"
                            + " which payload schemas support Match conditions")
                    .formatted(key));
        }
        var type = FieldIndexes.type(index);
        var path = JsonPath.parse(key);
        var counts = new HashMap<Value, Long>();
        collection
                .matching(filter)
                .forEach(point -> path.in(point.payload()).stream()
                        .flatMap(Facets::elements)
                        .filter(value -> isOf(type, value))
                        .distinct()
                        .forEach(value -> counts.merge(value, 1L, Long::sum)));
        return counts.entrySet().stream()
                .sorted(MOST_FIRST)
                .limit(limit)
                .map(entry -> FacetHit.newBuilder()
                        .setValue(facet(entry.getKey()))
                        .setCount(entry.getValue())
                        .build())
                .toList();
    }

    private static Stream<Value> elements(Value value) {
        return value.hasListValue() ? value.getListValue().getValuesList().stream() : Stream.of(value);
    }

    private static boolean isOf(FieldType type, Value value) {
        return switch (type) {
            case FieldTypeInteger -> value.hasIntegerValue();
            case FieldTypeBool -> value.hasBoolValue();
            default -> value.hasStringValue();
        };
    }

    private static FacetValue facet(Value value) {
        var facet = FacetValue.newBuilder();
        return switch (value.getKindCase()) {
            case INTEGER_VALUE -> facet.setIntegerValue(value.getIntegerValue()).build();
            case BOOL_VALUE -> facet.setBoolValue(value.getBoolValue()).build();
            default -> facet.setStringValue(value.getStringValue()).build();
        };
    }
}
