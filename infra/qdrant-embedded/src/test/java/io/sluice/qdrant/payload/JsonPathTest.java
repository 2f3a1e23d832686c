package io.sluice.qdrant.payload;

import static io.sluice.qdrant.payload.Json.payload;
import static io.sluice.qdrant.payload.Json.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PayloadExcludeSelector;
import io.qdrant.client.grpc.Points.PayloadIncludeSelector;
import io.qdrant.client.grpc.Points.WithPayloadSelector;
import io.sluice.qdrant.protocol.Rejection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathTest {
    private static final Map<String, Value> CHAIR = payload(
            "name",
            "chair",
            "maker",
            Map.of("city", "Lyon", "since", 1901),
            "parts",
            List.of(Map.of("id", 1), Map.of("id", 2), "glue"),
            "a.b",
            "dotted");

    @Test
    void leadsToMembersAndElements() {
        assertThat(at("name")).containsExactly(value("chair"));
        assertThat(at("maker.city")).containsExactly(value("Lyon"));
        assertThat(at("parts[1].id")).containsExactly(value(2));
        assertThat(at("parts[].id")).containsExactly(value(1), value(2));
        assertThat(at("parts[]")).hasSize(3);
        assertThat(at("\"a.b\"")).containsExactly(value("dotted"));
    }

    @Test
    void leadsNowhereWhenSomethingIsMissingOrOfAnotherKind() {
        assertThat(List.of("nothing", "name.city", "parts.id", "parts[7]", "maker[0]", "a.b"))
                .allSatisfy(path -> assertThat(at(path)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "[0]", "a[x]", "a[0", "a b", "a\"b\"", "\"a", "a[0]b"})
    void refusesWhatIsNoPath(String text) {
        assertThatExceptionOfType(Rejection.class)
                .isThrownBy(() -> JsonPath.parse(text))
                .withMessage("Invalid json path: '%s'", text);
    }

    @Test
    void showsThePartOfAPayloadThatIsAskedFor() {
        var selector = WithPayloadSelector.newBuilder()
                .setInclude(PayloadIncludeSelector.newBuilder()
                        .addFields("name")
                        .addFields("maker.city")
                        .addFields("parts[].id"))
                .build();
        assertThat(PayloadSelector.of(selector, false).select(CHAIR))
                .isEqualTo(payload(
                        "name",
                        "chair",
                        "maker",
                        Map.of("city", "Lyon"),
                        "parts",
                        List.of(Map.of("id", 1), Map.of("id", 2), "glue")));
    }

    @Test
    void leavesOutThePartThatIsNotWanted() {
        var selector = WithPayloadSelector.newBuilder()
                .setExclude(PayloadExcludeSelector.newBuilder()
                        .addFields("maker.city")
                        .addFields("parts")
                        .addFields("\"a.b\""))
                .build();
        assertThat(PayloadSelector.of(selector, false).select(CHAIR))
                .isEqualTo(payload("name", "chair", "maker", Map.of("since", 1901)));
    }

    @Test
    void showsAllOrNothingWhenTheRequestSaysSoOrTheCallDoes() {
        var unsaid = WithPayloadSelector.getDefaultInstance();
        var no = WithPayloadSelector.newBuilder().setEnable(false).build();
        assertThat(PayloadSelector.of(unsaid, true).select(CHAIR)).isEqualTo(CHAIR);
        assertThat(PayloadSelector.of(unsaid, false).select(CHAIR)).isEmpty();
        assertThat(PayloadSelector.of(no, true).select(CHAIR)).isEmpty();
    }

    private static List<Value> at(String path) {
        return JsonPath.parse(path).in(CHAIR);
    }
}
