package io.sluice.web.body;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "/", "C:\\", "\u0001", "\u202e", "\u2028", "\u0085"})
    void givesANameToAFileThatHasNone(String name) {
        assertThat(FileName.of(name)).isEqualTo("file");
        assertThat(FileName.of(name + "a b.csv")).isEqualTo("a b.csv");
    }

    /** Each can move a terminal's cursor, begin a line, turn the text around, or make two names look alike. */
    @ParameterizedTest
    @CsvSource({
        "1b", "7f", "85", "9b", "ad", "61c", "200b", "200e", "200f", "2028", "2029", "202a", "202d", "202e", "2066",
        "2067", "2069", "feff", "d800",
    })
    void leavesOutAHiddenCharacter(String point) {
        var hidden = Character.toString(Integer.parseInt(point, 16));

        assertThat(FileName.of("holiday" + hidden + "gpj.exe")).isEqualTo("holidaygpj.exe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"été 1.jpg", "写真.png", "می\u200cخواهم.jpg", "👨\u200d👩\u200d👧.webp", "שלום.gif"})
    void leavesTheNamesOfEveryLanguage(String name) {
        assertThat(FileName.of(name)).isEqualTo(name);
    }

    @Test
    void cutsALongNameBetweenCharacters() {
        assertThat(FileName.of("😀".repeat(300))).isEqualTo("😀".repeat(255));
    }
}
