package io.sluice.stores.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.schemas.event.InvalidEventException;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private final Passwords passwords = new Passwords();

    @Test
    void aHashMatchesItsPasswordOnly() {
        var hash = passwords.hash("correct horse");

        assertThat(passwords.matches("correct horse", hash)).isTrue();
        assertThat(passwords.matches("Correct horse", hash)).isFalse();
        assertThat(passwords.matches("", hash)).isFalse();
        assertThat(passwords.hash("correct horse"))
                .as("a hash with another salt")
                .isNotEqualTo(hash);
    }

    @Test
    void aHashNamesArgon2idAndItsCost() {
        assertThat(passwords.hash("correct horse")).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    }

    @Test
    void aHashOfAnotherCostMatchesToo() {
        // from the README of the reference implementation, github.com/P-H-C/phc-winner-argon2
        var other = "$argon2i$v=19$m=65536,t=2,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b+dWRWJTmaaJObG";

        assertThat(passwords.matches("password", other)).isTrue();
        assertThat(passwords.matches("passwort", other)).isFalse();
    }

    @Test
    void theEncodingOfAnAccentMakesNoDifference() {
        assertThat(passwords.matches("cafe\u0301 au lait", passwords.hash("caf\u00e9 au lait")))
                .isTrue();
    }

    @Test
    void noPasswordMatchesWithoutAUser() {
        assertThat(passwords.matches("correct horse", null)).isFalse();
    }

    @Test
    void aPasswordHas8To128Characters() {
        assertThat(Passwords.checked("12345678")).isEqualTo("12345678");
        assertThat(Passwords.checked("\uD83D\uDE00".repeat(128))).hasSize(256);
        assertThatThrownBy(() -> Passwords.checked("1234567"))
                .isInstanceOf(InvalidEventException.class)
                .hasMessage("password must have 8 to 128 characters, has 7");
        assertThatThrownBy(() -> Passwords.checked("x".repeat(129))).isInstanceOf(InvalidEventException.class);
        assertThatThrownBy(() -> Passwords.checked(null)).hasMessage("password is required");
    }
}
