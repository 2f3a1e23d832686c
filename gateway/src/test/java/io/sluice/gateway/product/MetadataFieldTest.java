package io.sluice.gateway.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.event.InvalidEventException;
import io.sluice.schemas.product.Metadata;
import io.sluice.web.body.Submission;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataFieldTest {
    private final JsonCodec codec = new JsonCodec();
    private final MetadataField field = new MetadataField(codec);

    @Test
    void isEmptyWhenItIsMissingBlankOrNull() throws Exception {
        assertThat(field.read(new Submission(Map.of(), Map.of())).metadata()).isEqualTo(Metadata.empty());
        assertThat(ofText("  ")).isEqualTo(Metadata.empty());
        assertThat(ofJson("null")).isEqualTo(Metadata.empty());
        assertThat(ofText("{}")).isEqualTo(Metadata.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SKU-123", "{not json", "[1, 2]", "\"quoted\"", "5", "{\"a\": 1} and more"})
    void keepsAnyOtherTextUnderText(String text) {
        assertThat(ofText(text)).isEqualTo(new Metadata(Map.of("text", text)));
    }

    @Test
    void readsAnObjectTheSameWhetherItIsJsonOrText() throws Exception {
        var json = "{\"color\": \"red\", \"sizes\": [1, 2.5], \"deep\": {\"a\": null, \"b\": true}}";

        assertThat(ofText(json)).isEqualTo(ofJson(json));
        assertThat(ofText(json).values()).containsEntry("color", "red").containsEntry("sizes", List.of(1, 2.5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "true", "[1]"})
    void refusesJsonThatIsNeitherTextNorObject(String json) {
        assertThatThrownBy(() -> ofJson(json)).isInstanceOf(InvalidEventException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": \"\\u0000\"}",
                "{\"\\u0000\": 1}",
                "{\"a\": [\"\\ud800\"]}",
                "{\"a\": 1e999}",
                "nul \0 text"
            })
    void refusesValuesThatAStoreCannotKeep(String text) {
        assertThatThrownBy(() -> ofText(text))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageStartingWith("metadata ");
    }

    @Test
    void refusesDeepNesting() {
        var deepest = "{\"a\":".repeat(Metadata.MAX_DEPTH) + "1" + "}".repeat(Metadata.MAX_DEPTH);
        assertThat(ofText(deepest).values()).containsKey("a");

        assertThatThrownBy(() -> ofText("{\"a\":" + deepest + "}")).hasMessageContaining("levels deep");
    }

    @Test
    void refusesMetadataThatIsTooLargeForARecord() {
        var largest = "x".repeat(Metadata.MAX_BYTES - "{'text':''}".length());
        assertThat(ofText(largest).values()).containsKey("text");

        assertThatThrownBy(() -> ofText(largest + "x")).hasMessageContaining("at most");
        assertThatThrownBy(() -> ofText("{\"texts\": \"" + largest + "\"}")).hasMessageContaining("at most");
    }

    private Metadata ofText(String text) {
        return read(TextNode.valueOf(text));
    }

    private Metadata ofJson(String json) throws Exception {
        return read(codec.mapper().readTree(json));
    }

    private Metadata read(JsonNode value) {
        return field.read(new Submission(Map.of("metadata", List.of(value)), Map.of()))
                .metadata();
    }
}
