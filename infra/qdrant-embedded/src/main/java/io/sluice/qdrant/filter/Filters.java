package io.sluice.qdrant.filter;

import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.MinShould;
import io.qdrant.client.grpc.Common.NestedCondition;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.sluice.qdrant.payload.JsonPath;
import io.sluice.qdrant.protocol.PointKey;
import io.sluice.qdrant.protocol.Rejection;
import java.util.List;
import java.util.stream.Collectors;

/** Compiles a filter. Its clauses join conditions by "and", "or", "not" and "at least n of". */
public final class Filters {
    private Filters() {}

    /** {@return the compiled filter; an empty filter matches every candidate} */
    public static PointFilter compile(Filter filter) {
        var compiled = PointFilter.ALL;
        if (filter.getShouldCount() > 0) {
            compiled = compiled.and(atLeast(1, filter.getShouldList()));
        }
        if (filter.hasMinShould()) {
            compiled = compiled.and(minShould(filter.getMinShould()));
        }
        for (var condition : filter.getMustList()) {
            compiled = compiled.and(condition(condition));
        }
        for (var condition : filter.getMustNotList()) {
            var unwanted = condition(condition);
            compiled = compiled.and(candidate -> !unwanted.matches(candidate));
        }
        return compiled;
    }

    private static PointFilter minShould(MinShould clause) {
        return atLeast(clause.getMinCount(), clause.getConditionsList());
    }

    private static PointFilter atLeast(long count, List<Condition> conditions) {
        var compiled = conditions.stream().map(Filters::condition).toList();
        return candidate -> compiled.stream()
                        .filter(one -> one.matches(candidate))
                        .limit(count)
                        .count()
                == count;
    }

    private static PointFilter condition(Condition condition) {
        return switch (condition.getConditionOneOfCase()) {
            case FIELD -> FieldConditions.compile(condition.getField());
            case IS_EMPTY -> isEmpty(JsonPath.parse(condition.getIsEmpty().getKey()));
            case IS_NULL -> isNull(JsonPath.parse(condition.getIsNull().getKey()));
            case HAS_ID -> {
                var keys = condition.getHasId().getHasIdList().stream()
                        .map(PointKey::of)
                        .collect(Collectors.toUnmodifiableSet());
                yield candidate -> candidate.isOneOf(keys);
            }
            case FILTER -> compile(condition.getFilter());
            case NESTED -> nested(condition.getNested());
            case HAS_VECTOR -> {
                var name = condition.getHasVector().getHasVector();
                yield candidate -> candidate.hasVector(name);
            }
            case CONDITIONONEOF_NOT_SET -> throw Rejection.malformed("Malformed Condition type");
        };
    }

    private static PointFilter isEmpty(JsonPath path) {
        return candidate -> path.in(candidate.payload()).stream()
                .allMatch(value -> isNull(value)
                        || (value.hasListValue() && value.getListValue().getValuesCount() == 0));
    }

    private static PointFilter isNull(JsonPath path) {
        return candidate -> path.in(candidate.payload()).stream().anyMatch(Filters::isNull);
    }

    static boolean isNull(Value value) {
        return switch (value.getKindCase()) {
            case NULL_VALUE, KIND_NOT_SET -> true;
            case DOUBLE_VALUE, INTEGER_VALUE, STRING_VALUE, BOOL_VALUE, STRUCT_VALUE, LIST_VALUE -> false;
        };
    }

    private static PointFilter nested(NestedCondition condition) {
        var path = JsonPath.parse(condition.getKey()).each();
        var inner = compile(condition.getFilter());
        return candidate -> path.in(candidate.payload()).stream()
                .filter(Value::hasStructValue)
                .anyMatch(object -> inner.matches(
                        new Candidate.Nested(object.getStructValue().getFieldsMap())));
    }
}
