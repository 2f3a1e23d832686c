package io.sluice.stores.qdrant;

import static org.assertj.core.api.Assertions.assertThat;

import io.qdrant.client.grpc.Common.Condition;
import io.sluice.stores.product.MetadataFilter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiltersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "color:x | metadata.color",
                "size_cm-2:x | metadata.size_cm-2",
                "tags[0]:x | metadata.\"tags[0]\"",
                "größe:x | metadata.\"größe\"",
                "two words:x | metadata.\"two words\"",
                ".:x | metadata.\".\"",
                "\"a.b\":x | metadata.\"a.b\"",
                "\"a:b\":x | metadata.\"a:b\"",
            })
    void aNameIsOneKey(String text, String path) {
        assertThat(alternatives(text)).extracting(FiltersTest::path).containsExactly(path);
    }

    @Test
    void dotsInANameLeadIntoObjectsAndArraysOfObjects() {
        assertThat(alternatives("a.b.ç:x"))
                .extracting(FiltersTest::path)
                .containsExactly(
                        "metadata.\"a.b.ç\"",
                        "metadata.a.b.\"ç\"",
                        "metadata.a.b[].\"ç\"",
                        "metadata.a[].b.\"ç\"",
                        "metadata.a[].b[].\"ç\"");
        assertThat(alternatives("\"a.b\".c:x"))
                .extracting(FiltersTest::path)
                .containsExactly("metadata.\"a.b\".c", "metadata.\"a.b\"[].c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"red", "", "NaN", "Infinity", "1d", "0x1p3", " 7", "007", "+7", ".5", "1e999999999", "True"})
    void aTextMatchesOnlyAText(String text) {
        assertThat(alternatives("color:" + text))
                .singleElement()
                .satisfies(condition ->
                        assertThat(condition.getField().getMatch().getKeyword()).isEqualTo(text));
    }

    @ParameterizedTest
    @CsvSource({"7, 3", "-1, 3", "0, 3", "1e3, 3", "12.5, 2", "9007199254740993, 2", "true, 2", "false, 2", "null, 3"})
    void aTextThatLooksLikeAnotherJsonValueMatchesThatToo(String text, int conditions) {
        assertThat(alternatives("price:" + text)).hasSize(conditions);
    }

    @Test
    void aRangeExcludesTheWholeNumbersThatQdrantCannotTellApart() {
        assertThat(excluded("4503599627370495.5")).isEmpty();
        assertThat(excluded("9007199254740991")).isEmpty();
        assertThat(excluded("9007199254740992")).containsExactly(9007199254740993L);
        assertThat(excluded("-9007199254740996")).containsExactlyInAnyOrder(-9007199254740995L, -9007199254740997L);
        assertThat(excluded("-9223372036854775808")).hasSize(512).allMatch(n -> n < -9223372036854775295L);
        assertThat(excluded("9223372036854775808")).hasSize(512).contains(Long.MAX_VALUE);
        assertThat(excluded("1e19")).isEmpty();
    }

    private static List<Long> excluded(String number) {
        return alternatives("n:" + number).stream()
                .filter(Condition::hasFilter)
                .flatMap(condition ->
                        condition
                                .getFilter()
                                .getMustNot(0)
                                .getField()
                                .getMatch()
                                .getIntegers()
                                .getIntegersList()
                                .stream())
                .toList();
    }

    private static String path(Condition condition) {
        return condition.getField().getKey();
    }

    private static List<Condition> alternatives(String text) {
        return Filters.metadata(List.of(MetadataFilter.parse(text)))
                .getMust(0)
                .getFilter()
                .getShouldList();
    }
}
