package io.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathCharactersTest {
    @ParameterizedTest
    @CsvSource({
        "/a+b;c, /a%2Bb%3Bc",
        "/a+b?q=c+d;e, /a%2Bb?q=c+d;e",
        "/a%2Fb, /a%2Fb",
        "?a+b, ?a+b",
        "*, *",
        "http://u+v;w:80/a+b?c+d, http://u+v;w:80/a%2Bb?c+d",
        "http://u+v, http://u+v",
        "http://u+v?a+b, http://u+v?a+b",
        "/a+http://b, /a%2Bhttp://b",
    })
    void escapesPlusAndSemicolonInThePathOnly(String target, String escaped) {
        assertThat(PathCharacters.escaped(target)).isEqualTo(escaped);
    }
}
