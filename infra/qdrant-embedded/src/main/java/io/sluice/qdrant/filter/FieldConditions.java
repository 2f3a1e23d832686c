package io.sluice.qdrant.filter;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.qdrant.client.grpc.Common.DatetimeRange;
import io.qdrant.client.grpc.Common.FieldCondition;
import io.qdrant.client.grpc.Common.Match;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.Common.ValuesCount;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.sluice.qdrant.payload.JsonPath;
import io.sluice.qdrant.protocol.Rejection;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Compiles a condition on one field.
 *
 * <p>An array field matches when one of its elements does. An array inside that array is one element, and its own
 * elements are not checked. Types are not converted: the integer 5 does not match 5.0 or "5".
 */
final class FieldConditions {
    private FieldConditions() {}

    static PointFilter compile(FieldCondition condition) {
        var path = JsonPath.parse(condition.getKey());
        var test = test(condition);
        var whenMissing =
                condition.hasIsEmpty() ? condition.getIsEmpty() : condition.hasIsNull() && !condition.getIsNull();
        return candidate -> {
            var values = path.in(candidate.payload());
            return values.isEmpty() ? whenMissing : values.stream().anyMatch(test);
        };
    }

    /**
     * Tests in the order of the real server: {@code values_count}, {@code is_empty} or {@code is_null} alone when set,
     * in this order.
     */
    private static Predicate<Value> test(FieldCondition condition) {
        if (condition.hasValuesCount()) {
            return valuesCount(condition.getValuesCount());
        }
        if (condition.hasIsEmpty()) {
            return value -> isEmpty(value) == condition.getIsEmpty();
        }
        if (condition.hasIsNull()) {
            return value -> holdsNull(value) == condition.getIsNull();
        }
        var test = scalar(condition);
        return value -> value.hasListValue()
                ? value.getListValue().getValuesList().stream().anyMatch(test)
                : test.test(value);
    }

    private static Predicate<Value> scalar(FieldCondition condition) {
        if (condition.hasRange() && condition.hasDatetimeRange()) {
            throw Rejection.malformed("Range and datetime range cannot be used together");
        }
        Predicate<Value> none = _ -> false;
        var test = none;
        if (condition.hasMatch()) {
            test = test.or(match(condition.getMatch()));
        }
        if (condition.hasRange()) {
            test = test.or(range(condition.getRange()));
        }
        if (condition.hasDatetimeRange()) {
            test = test.or(datetimeRange(condition.getDatetimeRange()));
        }
        if (test == none) {
            throw Rejection.malformed("At least one field condition must be specified");
        }
        return test;
    }

    private static Predicate<Value> match(Match match) {
        return switch (match.getMatchValueCase()) {
            case KEYWORD ->
                value -> value.hasStringValue() && value.getStringValue().equals(match.getKeyword());
            case INTEGER -> value -> value.hasIntegerValue() && value.getIntegerValue() == match.getInteger();
            case BOOLEAN -> value -> value.hasBoolValue() && value.getBoolValue() == match.getBoolean();
            case TEXT -> value -> value.getStringValue().contains(match.getText()) && value.hasStringValue();
            case PHRASE -> value -> value.getStringValue().contains(match.getPhrase()) && value.hasStringValue();
            case TEXT_ANY -> {
                var words = Stream.of(match.getTextAny().strip().split("\\s+"))
                        .filter(word -> !word.isEmpty())
                        .toList();
                yield value -> value.hasStringValue() && words.stream().anyMatch(value.getStringValue()::contains);
            }
            case KEYWORDS -> {
                var wanted = match.getKeywords().getStringsList().stream().collect(toUnmodifiableSet());
                yield value -> value.hasStringValue() && wanted.contains(value.getStringValue());
            }
            case INTEGERS -> {
                var wanted = match.getIntegers().getIntegersList().stream().collect(toUnmodifiableSet());
                yield value -> value.hasIntegerValue() && wanted.contains(value.getIntegerValue());
            }
            case EXCEPT_KEYWORDS -> {
                var unwanted =
                        match.getExceptKeywords().getStringsList().stream().collect(toUnmodifiableSet());
                yield value -> !Filters.isNull(value)
                        && !(value.hasStringValue() && unwanted.contains(value.getStringValue()));
            }
            case EXCEPT_INTEGERS -> {
                var unwanted =
                        match.getExceptIntegers().getIntegersList().stream().collect(toUnmodifiableSet());
                yield value -> !Filters.isNull(value)
                        && !(value.hasIntegerValue() && unwanted.contains(value.getIntegerValue()));
            }
            case MATCHVALUE_NOT_SET -> throw Rejection.malformed("Malformed Match condition");
        };
    }

    private static Predicate<Value> range(Range range) {
        return value -> {
            if (!value.hasDoubleValue() && !value.hasIntegerValue()) {
                return false;
            }
            double number = value.hasDoubleValue() ? value.getDoubleValue() : (double) value.getIntegerValue();
            return (!range.hasLt() || number < range.getLt())
                    && (!range.hasGt() || number > range.getGt())
                    && (!range.hasLte() || number <= range.getLte())
                    && (!range.hasGte() || number >= range.getGte());
        };
    }

    private static Predicate<Value> datetimeRange(DatetimeRange range) {
        return value -> Datetimes.parse(value.getStringValue())
                .filter(at -> (!range.hasLt() || at.isBefore(Datetimes.instant(range.getLt())))
                        && (!range.hasGt() || at.isAfter(Datetimes.instant(range.getGt())))
                        && (!range.hasLte() || !at.isAfter(Datetimes.instant(range.getLte())))
                        && (!range.hasGte() || !at.isBefore(Datetimes.instant(range.getGte()))))
                .isPresent();
    }

    private static Predicate<Value> valuesCount(ValuesCount bounds) {
        return value -> {
            long count = value.hasListValue() ? value.getListValue().getValuesCount() : Filters.isNull(value) ? 0 : 1;
            return (!bounds.hasLt() || count < bounds.getLt())
                    && (!bounds.hasGt() || count > bounds.getGt())
                    && (!bounds.hasLte() || count <= bounds.getLte())
                    && (!bounds.hasGte() || count >= bounds.getGte());
        };
    }

    private static boolean isEmpty(Value value) {
        return Filters.isNull(value)
                || (value.hasListValue() && value.getListValue().getValuesCount() == 0);
    }

    private static boolean holdsNull(Value value) {
        return value.hasListValue()
                ? value.getListValue().getValuesList().stream().anyMatch(Filters::isNull)
                : Filters.isNull(value);
    }
}
