package io.sluice.stores.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.schemas.event.InvalidEventException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsernameTest {
    @Test
    void isTheSameInUpperAndLowerCase() {
        assertThat(Username.of("Ann.Smith+shop@Example.com").value()).isEqualTo("ann.smith+shop@example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "7up", "a_b-c", "x123456789012345678901234567890123456789012345678901234567890123"})
    void mayBe(String name) {
        assertThat(Username.of(name).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".a",
                "-a",
                "@a",
                "a b",
                "a\n",
                "a/b",
                "é",
                "anonymous",
                "Anonymous",
                "x1234567890123456789012345678901234567890123456789012345678901234"
            })
    void mayNotBe(String name) {
        assertThatThrownBy(() -> Username.of(name))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageStartingWith("username ");
    }
}
