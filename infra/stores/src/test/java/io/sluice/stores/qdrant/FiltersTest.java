package io.sluice.stores.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiltersTest {
    @ParameterizedTest
    @CsvSource({
        "color, metadata.color",
        "size_cm-2, metadata.size_cm-2",
        "a.b, 'metadata.\"a.b\"'",
        "tags[0], 'metadata.\"tags[0]\"'",
        "größe, 'metadata.\"größe\"'",
    })
    void readsTheNameOfAFilterAsOneKey(String name, String path) {
        assertThat(alternatives(name, "x"))
                .allSatisfy(
                        condition -> assertThat(condition.getField().getKey()).isEqualTo(path));
    }

    @Test
    void aTextMatchesOnlyATextByDefault() {
        assertThat(alternatives("color", "red"))
                .hasSize(1)
                .allSatisfy(condition ->
                        assertThat(condition.getField().getMatch().getKeyword()).isEqualTo("red"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "-1", "0", "12.5", "1e3", "9007199254740993", "true", "false"})
    void aTextThatLooksLikeANumberOrABooleanMatchesThatToo(String text) {
        assertThat(alternatives("price", text)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NaN", "Infinity", "1d", "0x1p3", " 7", "007", "+7", ".5", "1e999999999", "99999999999999999999"
            })
    void aTextThatIsANumberOnlyInJavaMatchesOnlyAText(String text) {
        assertThat(alternatives("price", text)).hasSize(1);
    }

    @Test
    void refusesANameThatCannotBeQuoted() {
        assertThatIllegalArgumentException().isThrownBy(() -> Filters.metadata(Map.of("a\"b", "x")));
        assertThatIllegalArgumentException().isThrownBy(() -> Filters.metadata(Map.of("", "x")));
    }

    private static List<Condition> alternatives(String name, String value) {
        Filter filter = Filters.metadata(Map.of(name, value));
        return filter.getMust(0).getFilter().getShouldList();
    }
}
