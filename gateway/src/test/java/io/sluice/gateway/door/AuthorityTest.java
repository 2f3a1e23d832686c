package io.sluice.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {
    @ParameterizedTest
    @CsvSource({
        "shop.example,   SHOP.example",
        "[::1]:8080,     [0:0:0:0:0:0:0:1]:8080",
        "[2001:DB8::a],  [2001:db8:0:0:0:0:0:a]",
    })
    void readsOneHostInSeveralForms(String left, String right) {
        assertThat(Authority.parse(left)).isPresent().isEqualTo(Authority.parse(right));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ":80",
                "a:",
                "a:x",
                "a:123456",
                "a b",
                "a,b",
                "a/b",
                "a@b",
                "a\\b",
                "[::1",
                "::1",
                "[]",
                "[1]",
                "[::1%lo]",
                "[::g]",
                "a%2Eb",
                "ä",
                "a?b",
                "a#b",
                "http://a"
            })
    void refusesWhatIsNoHost(String text) {
        assertThat(Authority.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a,     a:80,   http,  true",
        "a:443, a,      https, true",
        "a,     a:8080, http,  false",
        "a:443, a,      http,  false",
        "a,     b,      http,  false",
    })
    void comparesPortsByTheUsualOneOfTheScheme(String left, String right, String scheme, boolean isSame) {
        assertThat(Authority.parse(left)
                        .orElseThrow()
                        .isSame(Authority.parse(right).orElseThrow(), scheme))
                .isEqualTo(isSame);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.example:8080", "http://shop.example", "shop example", "*"})
    void aNameInTheSettingsMustBeAHostWithoutAPort(String host) {
        assertThatThrownBy(() -> new DoorConfig(true, List.of("shop.example", host)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sluice.hosts")
                .hasMessageContaining(host);
    }

    @Test
    void blanksAroundNamesInTheSettingsDoNotCount() {
        assertThat(new DoorConfig(true, List.of(" shop.example ", "")).hosts()).containsExactly("shop.example");
    }
}
