package io.sluice.schemas.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.schemas.event.InvalidEventException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetadataTest {
    @Test
    void keepsATextUnderText() {
        assertThat(Metadata.ofText("SKU-123").values()).isEqualTo(Map.of("text", "SKU-123"));
        assertThat(Metadata.ofText(" ")).isEqualTo(Metadata.empty());
    }

    @Test
    void copiesTheValuesItIsMadeFrom() {
        var tags = new ArrayList<>(List.of("a"));
        var values = new HashMap<String, Object>(Map.of("tags", tags));
        var metadata = new Metadata(values);
        tags.add("b");
        values.clear();
        assertThat(metadata.values()).isEqualTo(Map.of("tags", List.of("a")));
    }

    @Test
    void isStorableUpToTheDeepestNesting() {
        assertThat(nested(Metadata.MAX_DEPTH - 1, 1).storable()).isNotNull();
        assertThat(nested(Metadata.MAX_DEPTH - 2, List.of(1)).storable()).isNotNull();

        assertRefused(nested(Metadata.MAX_DEPTH, 1), "must not be nested more than 20 levels deep");
        assertRefused(nested(Metadata.MAX_DEPTH - 1, List.of()), "must not be nested more than 20 levels deep");
        assertRefused(nested(32, 1), "must not be nested more than 20 levels deep");
    }

    /** @param objects how many objects there are around the value, inside the metadata itself */
    private static Metadata nested(int objects, Object value) {
        for (var i = 0; i < objects; i++) {
            value = Map.of("a", value);
        }
        return Metadata.of(Map.of("a", value));
    }

    @Test
    void isStorableUpToTheLargestSize() {
        var largest = "x".repeat(Metadata.MAX_BYTES - "{'a':''}".length());
        assertThat(Metadata.of(Map.of("a", largest)).storable()).isNotNull();

        assertRefused(Metadata.of(Map.of("a", largest + "x")), "must have at most 900,000 bytes as JSON, has 900,001");
        assertRefused(Metadata.of(Map.of("ab", largest)), "must have at most 900,000 bytes as JSON, has 900,001");
    }

    @Test
    void refusesNumbersAndTextsThatAStoreCannotKeep() {
        assertThat(Metadata.of(Map.of("a", new BigInteger("9".repeat(300)))).storable())
                .isNotNull();
        for (var number : List.<Number>of(
                Double.NaN, Double.POSITIVE_INFINITY, new BigDecimal("1e309"), new BigInteger("9".repeat(400)))) {
            assertRefused(Metadata.of(Map.of("a", List.of(number))), "must not have numbers beyond 1.8e308");
        }
        assertRefused(Metadata.of(Map.of("a", "\0")), "NUL");
        assertRefused(Metadata.of(Map.of("\0", 1)), "NUL");
        assertRefused(Metadata.of(Map.of("a", Map.of("b", List.of("\ud800")))), "half a surrogate pair");
        assertRefused(Metadata.of(Map.of("\udc00\ud800", 1)), "half a surrogate pair");
    }

    @Test
    void isCheckedByEveryProduct() {
        var deep = nested(32, 1);
        assertThatThrownBy(() -> new ProductSaved("p", "n", "d", deep, null))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("levels deep");
    }

    private static void assertRefused(Metadata metadata, String problem) {
        assertThatThrownBy(metadata::storable)
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("metadata")
                .hasMessageContaining(problem);
    }

    @Test
    void refusesAValueThatIsNotJson() {
        assertThatThrownBy(() -> new Metadata(Map.of("when", java.time.Instant.EPOCH)))
                .hasMessageContaining("not a JSON value");
    }
}
