package io.sluice.qdrant.filter;

import static io.qdrant.client.ConditionFactory.datetimeRange;
import static io.qdrant.client.ConditionFactory.filter;
import static io.qdrant.client.ConditionFactory.hasId;
import static io.qdrant.client.ConditionFactory.hasVector;
import static io.qdrant.client.ConditionFactory.isEmpty;
import static io.qdrant.client.ConditionFactory.isNull;
import static io.qdrant.client.ConditionFactory.match;
import static io.qdrant.client.ConditionFactory.matchExceptKeywords;
import static io.qdrant.client.ConditionFactory.matchExceptValues;
import static io.qdrant.client.ConditionFactory.matchKeyword;
import static io.qdrant.client.ConditionFactory.matchKeywords;
import static io.qdrant.client.ConditionFactory.matchText;
import static io.qdrant.client.ConditionFactory.matchValues;
import static io.qdrant.client.ConditionFactory.nested;
import static io.qdrant.client.ConditionFactory.range;
import static io.qdrant.client.ConditionFactory.valuesCount;
import static io.qdrant.client.PointIdFactory.id;
import static io.sluice.qdrant.payload.Json.Null.NULL;
import static io.sluice.qdrant.payload.Json.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.Timestamp;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.DatetimeRange;
import io.qdrant.client.grpc.Common.FieldCondition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Match;
import io.qdrant.client.grpc.Common.MinShould;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.Common.ValuesCount;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.sluice.qdrant.protocol.PointKey;
import io.sluice.qdrant.protocol.Rejection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FiltersTest {
    private static final Condition YES = matchKeyword("kind", "chair");
    private static final Condition NO = matchKeyword("kind", "table");

    private static final Map<String, Value> CHAIR = payload(
            "kind",
            "chair",
            "legs",
            4,
            "weight",
            5.5,
            "whole",
            5.0,
            "oak",
            true,
            "colors",
            List.of("red", "blue"),
            "pairs",
            List.of(List.of("red"), 7),
            "none",
            NULL,
            "holed",
            List.of("x", NULL),
            "empty",
            List.of(),
            "made",
            "2024-03-01T10:00:00Z",
            "parts",
            List.of(Map.of("id", 1, "ok", false), Map.of("id", 2, "ok", true)));

    @Test
    void matchesExactlyAndByType() {
        assertThat(passes(matchKeyword("kind", "chair"))).isTrue();
        assertThat(passes(matchKeyword("kind", "Chair"))).isFalse();
        assertThat(passes(match("legs", 4))).isTrue();
        assertThat(passes(match("whole", 5))).as("an integer is no double").isFalse();
        assertThat(passes(matchKeyword("legs", "4")))
                .as("an integer is no text")
                .isFalse();
        assertThat(passes(match("oak", true))).isTrue();
        assertThat(passes(match("oak", false))).isFalse();
        assertThat(passes(matchKeyword("missing", ""))).isFalse();
        assertThat(passes(match("kind", false))).isFalse();
        assertThat(passes(match("kind", 0))).isFalse();
    }

    @Test
    void matchesOneOfMany() {
        assertThat(passes(matchKeywords("kind", List.of("sofa", "chair")))).isTrue();
        assertThat(passes(matchKeywords("kind", List.of("sofa")))).isFalse();
        assertThat(passes(matchValues("legs", List.of(3L, 4L)))).isTrue();
        assertThat(passes(matchValues("whole", List.of(5L)))).isFalse();
    }

    @Test
    void matchesAllButSome() {
        assertThat(passes(matchExceptKeywords("kind", List.of("sofa")))).isTrue();
        assertThat(passes(matchExceptKeywords("kind", List.of("chair")))).isFalse();
        assertThat(passes(matchExceptKeywords("legs", List.of("4"))))
                .as("other types pass")
                .isTrue();
        assertThat(passes(matchExceptValues("legs", List.of(4L)))).isFalse();
        assertThat(passes(matchExceptValues("oak", List.of(4L)))).isTrue();
        assertThat(passes(matchExceptKeywords("none", List.of("x")))).as("null").isFalse();
        assertThat(passes(matchExceptKeywords("missing", List.of("x")))).isFalse();
        assertThat(passes(matchExceptKeywords("colors", List.of("red"))))
                .as("blue is another")
                .isTrue();
    }

    @Test
    void findsTextAsASubstringWhenThereIsNoIndex() {
        assertThat(passes(matchText("kind", "hai"))).isTrue();
        assertThat(passes(matchText("kind", "HAI"))).isFalse();
        assertThat(passes(matchText("legs", ""))).isFalse();
        assertThat(passes(ofKind(Match.newBuilder().setTextAny("no hair chai").build())))
                .isTrue();
        assertThat(passes(ofKind(Match.newBuilder().setPhrase("chair").build())))
                .isTrue();
    }

    @Test
    void looksIntoAnArrayButNotIntoAnArrayInIt() {
        assertThat(passes(matchKeyword("colors", "blue"))).isTrue();
        assertThat(passes(matchKeyword("pairs", "red"))).isFalse();
        assertThat(passes(matchKeyword("pairs[]", "red"))).isTrue();
        assertThat(passes(match("pairs", 7))).isTrue();
        assertThat(passes(matchExceptKeywords("pairs", List.of("red"))))
                .as("the inner array is another type")
                .isTrue();
    }

    @Test
    void comparesNumbersOfBothKindsAsDoubles() {
        assertThat(passes(range("legs", Range.newBuilder().setGte(4).setLt(4.5).build())))
                .isTrue();
        assertThat(passes(range("weight", Range.newBuilder().setGt(5.5).build())))
                .isFalse();
        assertThat(passes(range("weight", Range.newBuilder().setLte(5.5).build())))
                .isTrue();
        assertThat(passes(range("weight", Range.newBuilder().setLt(5.5).build())))
                .isFalse();
        assertThat(passes(range("kind", Range.newBuilder().setGte(0).build()))).isFalse();
        assertThat(passes(range("missing", Range.newBuilder().setGte(0).build())))
                .isFalse();
    }

    @Test
    void comparesPointsInTimeHoweverTheyAreSpelled() {
        var march = DatetimeRange.newBuilder()
                .setGte(timestamp("2024-03-01T00:00:00Z"))
                .setLt(timestamp("2024-03-02T00:00:00Z"))
                .build();
        for (var spelling : List.of(
                "2024-03-01T10:00:00Z",
                "2024-03-01T10:00:00.5+01:00",
                "2024-03-01 10:00:00",
                "2024-03-01T10:00",
                "2024-03-01")) {
            assertThat(matches(datetimeRange("made", march), payload("made", spelling)))
                    .as(spelling)
                    .isTrue();
        }
        for (var other : List.of("2024-03-02T00:00:00Z", "2024-03-01T00:30:00+01:00", "yesterday", "")) {
            assertThat(matches(datetimeRange("made", march), payload("made", other)))
                    .as(other)
                    .isFalse();
        }
        assertThat(matches(datetimeRange("made", march), payload("made", 20240301)))
                .isFalse();
    }

    @Test
    void tellsEmptyFromNullFromMissing() {
        assertThat(List.of("none", "empty", "missing")).allMatch(key -> passes(isEmpty(key)));
        assertThat(List.of("kind", "holed", "colors")).noneMatch(key -> passes(isEmpty(key)));
        assertThat(passes(isNull("none"))).isTrue();
        assertThat(List.of("missing", "empty", "holed", "kind")).noneMatch(key -> passes(isNull(key)));
        assertThat(passes(isNull("holed[]"))).isTrue();
    }

    @Test
    void asksAFieldForEmptinessToo() {
        assertThat(passes(emptiness("empty", true))).isTrue();
        assertThat(passes(emptiness("missing", true))).isTrue();
        assertThat(passes(emptiness("kind", true))).isFalse();
        assertThat(passes(emptiness("kind", false))).isTrue();
        assertThat(passes(emptiness("missing", false))).isFalse();
        assertThat(passes(nullness("holed", true))).isTrue();
        assertThat(passes(nullness("missing", false))).isTrue();
        assertThat(passes(nullness("missing", true))).isFalse();
    }

    @Test
    void countsValues() {
        assertThat(passes(
                        valuesCount("colors", ValuesCount.newBuilder().setGte(2).build())))
                .isTrue();
        assertThat(passes(
                        valuesCount("colors", ValuesCount.newBuilder().setGt(2).build())))
                .isFalse();
        assertThat(passes(valuesCount("kind", ValuesCount.newBuilder().setLte(1).build())))
                .isTrue();
        assertThat(passes(valuesCount("none", ValuesCount.newBuilder().setLt(1).build())))
                .isTrue();
    }

    @Test
    void knowsIdsAndVectors() {
        assertThat(passes(hasId(List.of(id(1), id(7))))).isTrue();
        assertThat(passes(hasId(id(1)))).isFalse();
        assertThat(passes(hasVector("text"))).isTrue();
        assertThat(passes(hasVector("image"))).isFalse();
    }

    @Test
    void asksOneNestedObjectForAllConditions() {
        var two = Filter.newBuilder().addMust(match("id", 2)).addMust(match("ok", true));
        var one = Filter.newBuilder().addMust(match("id", 1)).addMust(match("ok", true));
        assertThat(passes(nested("parts", two.build()))).isTrue();
        assertThat(passes(nested("parts[]", two.build()))).isTrue();
        assertThat(passes(nested("parts", one.build())))
                .as("each holds for another part")
                .isFalse();
        assertThat(passes(nested(
                        "parts", Filter.newBuilder().addMust(hasId(id(7))).build())))
                .as("a nested object has no id")
                .isFalse();
    }

    @Test
    void joinsClauses() {
        assertThat(passes(Filter.newBuilder().addMust(YES).addMust(NO))).isFalse();
        assertThat(passes(Filter.newBuilder().addShould(NO).addShould(YES))).isTrue();
        assertThat(passes(Filter.newBuilder().addShould(NO))).isFalse();
        assertThat(passes(Filter.newBuilder().addMustNot(NO))).isTrue();
        assertThat(passes(Filter.newBuilder().addMustNot(NO).addMustNot(YES))).isFalse();
        assertThat(passes(Filter.newBuilder().addMust(YES).addShould(NO)))
                .as("clauses are joined by and")
                .isFalse();
        assertThat(passes(Filter.newBuilder())).isTrue();
        assertThat(passes(Filter.newBuilder()
                        .addMust(filter(Filter.newBuilder().addMustNot(NO).build()))))
                .isTrue();
    }

    @Test
    void asksForAtLeastSoMany() {
        assertThat(passes(Filter.newBuilder().setMinShould(atLeast(2, YES, NO, YES))))
                .isTrue();
        assertThat(passes(Filter.newBuilder().setMinShould(atLeast(2, YES, NO))))
                .isFalse();
        assertThat(passes(Filter.newBuilder().setMinShould(atLeast(0, NO)))).isTrue();
    }

    @Test
    void refusesConditionsThatSayNothing() {
        for (var hollow : List.of(
                Condition.getDefaultInstance(),
                Condition.newBuilder()
                        .setField(FieldCondition.newBuilder().setKey("kind"))
                        .build(),
                Condition.newBuilder()
                        .setField(FieldCondition.newBuilder().setKey("kind").setMatch(Match.getDefaultInstance()))
                        .build(),
                matchKeyword("no path!", "x"))) {
            assertThatExceptionOfType(Rejection.class).isThrownBy(() -> passes(hollow));
        }
    }

    private static Condition ofKind(Match match) {
        return Condition.newBuilder()
                .setField(FieldCondition.newBuilder().setKey("kind").setMatch(match))
                .build();
    }

    private static Condition emptiness(String key, boolean empty) {
        return Condition.newBuilder()
                .setField(FieldCondition.newBuilder().setKey(key).setIsEmpty(empty))
                .build();
    }

    private static Condition nullness(String key, boolean isNull) {
        return Condition.newBuilder()
                .setField(FieldCondition.newBuilder().setKey(key).setIsNull(isNull))
                .build();
    }

    private static MinShould atLeast(int count, Condition... conditions) {
        return MinShould.newBuilder()
                .setMinCount(count)
                .addAllConditions(List.of(conditions))
                .build();
    }

    private static Timestamp timestamp(String text) {
        return Timestamp.newBuilder()
                .setSeconds(Instant.parse(text).getEpochSecond())
                .build();
    }

    private static boolean passes(Condition condition) {
        return matches(condition, CHAIR);
    }

    private static boolean matches(Condition condition, Map<String, Value> payload) {
        return Filters.compile(Filter.newBuilder().addMust(condition).build()).matches(new Seven(payload));
    }

    private static boolean passes(Filter.Builder filter) {
        return Filters.compile(filter.build()).matches(new Seven(CHAIR));
    }

    /** The point with the id 7 and a text vector. */
    private record Seven(Map<String, Value> payload) implements Candidate {
        @Override
        public boolean hasVector(String name) {
            return name.equals("text");
        }

        @Override
        public boolean isOneOf(Set<PointKey> keys) {
            return keys.contains(PointKey.of(PointId.newBuilder().setNum(7).build()));
        }
    }
}
