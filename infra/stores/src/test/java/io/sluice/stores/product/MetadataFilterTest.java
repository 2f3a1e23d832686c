package io.sluice.stores.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.schemas.event.InvalidEventException;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataFilterTest {
    @Test
    void aDotIsPartOfAKeyOrLeadsIntoAnObject() {
        assertThat(MetadataFilter.parse("a.b:c:d").paths()).containsExactly(List.of("a.b"), List.of("a", "b"));
        assertThat(MetadataFilter.parse("\"a.b\".c:d").paths()).containsExactly(List.of("a.b", "c"));
        assertThat(MetadataFilter.parse("a..b:c").paths()).containsExactly(List.of("a..b"));
    }

    @Test
    void aValueInQuotationMarksIsOnlyAText() {
        assertThat(MetadataFilter.parse("a:\"7\"").value().texts()).containsExactlyInAnyOrder("7", "\"7\"");
        assertThat(MetadataFilter.parse("a:\"7\"").value().whole()).isEmpty();
        assertThat(MetadataFilter.parse("a:5\" pipe").value().texts()).containsExactly("5\" pipe");
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, 9223372036854775807,",
        "-9223372036854775808, -9223372036854775808, -9.223372036854775808E18",
        "9223372036854775808, , 9.223372036854775808E18",
        "9007199254740993, 9007199254740993,",
        "1e3, 1000, 1000",
        "5.0, 5, 5",
        "0.1, , 0.1",
        "1e23, , 1e23",
    })
    void readsANumberExactly(String text, Long whole, Double real) {
        var value = MetadataFilter.parse("n:" + text).value();

        assertThat(value.whole().stream().boxed().findFirst().orElse(null)).isEqualTo(whole);
        assertThat(value.real().stream().boxed().findFirst().orElse(null)).isEqualTo(real);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775809",
                "89330123456789012345",
                "9007199254740993.0",
                "0.10000000000000001",
                "1e-400",
                "1e-3000000000",
                "0e99999999999",
                "100000000000000000000000"
            })
    void refusesANumberThatMetadataCannotHold(String number) {
        assertThatThrownBy(() -> MetadataFilter.parse("n:" + number))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("put the value in quotation marks");
        assertThat(MetadataFilter.parse("n:\"" + number + '"').value().texts()).contains(number);
    }

    @Test
    void readsEveryDigitOfADoubleAndNoLongerNumber() {
        var smallest = new BigDecimal(Double.MIN_VALUE).toPlainString();
        assertThat(MetadataFilter.parse("n:-" + smallest).value().real()).hasValue(-Double.MIN_VALUE);
        assertThatThrownBy(() -> MetadataFilter.parse("n:0." + "1".repeat(5_000_000)))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("put the value in quotation marks");
        assertThatThrownBy(() -> MetadataFilter.parse("n:1." + "0".repeat(1_100)))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("put the value in quotation marks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "color", ":red", "a\"b:x", "a\\b:x", "\"\":x", "\"a:x", "\"a\"b:x", "\"a\".:x"})
    void refusesANameThatNoFilterCanHave(String text) {
        assertThatThrownBy(() -> MetadataFilter.parse(text))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("must be name:value");
    }

    @Test
    void limitsHowDeepANameLeads() {
        assertThat(MetadataFilter.parse("a.b.c.d.e:x").paths()).hasSize(2);
        assertThatThrownBy(() -> MetadataFilter.parse("a.b.c.d.e.f:x"))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("at most 5 keys");
        assertThat(MetadataFilter.parse("\"a.b.c.d.e.f\":x").paths()).hasSize(1);
    }

    @Test
    void refusesANameOfVeryManyKeys() {
        for (var start : List.of("a", "\"a\"")) {
            assertThatThrownBy(() -> MetadataFilter.parse(start + ".a".repeat(100_000) + ":x"))
                    .isInstanceOf(InvalidEventException.class)
                    .hasMessageContaining("at most 5 keys");
        }
    }
}
