package io.sluice.imports.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "AB 12|AB\u00A012|AB\u202F12|AB\u300012|AB\u2009\u00A012|AB\t12|A\u00ADB 12|AB\u200B 12|\uFEFFAB 12",
                "AB-12|AB\u201112|ＡＢ－１２|\u202AAB-12\u202C|AB-\u200E12\u200F|AB\u2060-12|A\u200DB-12",
                "Café|Cafe\u0301",
                "가|\u1100\u1161"
            })
    void keysThatLookAlikeAreAlike(String keys) {
        var all = List.of(keys.split("\\|"));
        assertThat(all).map(KeyText::normalized).allMatch(all.getFirst()::equals);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sku-1", "A  B", "é", "茶", "ﬁ", "m²", "نمی‌خواهم", "👨‍👩‍👧", "a\0b", "\uD800", "–"})
    void everyOtherKeyStaysAsItIs(String key) {
        assertThat(KeyText.normalized(key)).isEqualTo(key);
    }

    @Test
    void aNormalizedKeyStaysAsItIs() {
        for (var c = 1; c < Character.MAX_CODE_POINT; c++) {
            var once = KeyText.normalized("A" + Character.toString(c) + "B");
            assertThat(KeyText.normalized(once)).isEqualTo(once);
        }
    }
}
