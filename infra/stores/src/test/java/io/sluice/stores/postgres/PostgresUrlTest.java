package io.sluice.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {
    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db:5433/sluice, jdbc:postgresql://db:5433/sluice, postgres, ''",
        "postgres://ann:s%40cret+1@db:5432/sluice, jdbc:postgresql://db:5432/sluice, ann, s@cret+1",
        "postgresql://ann@db/sluice?sslmode=require, jdbc:postgresql://db/sluice?sslmode=require, ann, ''",
        "postgres://db/sluice, jdbc:postgresql://db/sluice, postgres, ''",
        "postgres://[::1]:5432/sluice, jdbc:postgresql://[::1]:5432/sluice, postgres, ''",
    })
    void readsBothKindsOfUrl(String url, String jdbc, String user, String password) {
        var config = PostgresConfig.of(url);

        assertThat(config.address().jdbc()).isEqualTo(jdbc);
        assertThat(config.userName()).isEqualTo(user);
        assertThat(config.passwordOrEmpty()).isEqualTo(password);
    }

    @Test
    void separateSettingsOverrideTheUrl() {
        var config = config("postgres://ann:one@db/sluice", "bob", "two");

        assertThat(config.userName()).isEqualTo("bob");
        assertThat(config.passwordOrEmpty()).isEqualTo("two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://db/sluice", "db:5432", "", "postgres:///sluice", "postgres://a:p w@db/sluice"})
    void refusesAnInvalidUrlAndNamesTheSettingButNotThePassword(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PostgresConfig.of(url))
                .withMessageContaining("DATABASE_URL")
                .withMessageNotContaining("p w");
    }

    @Test
    void showsNoPassword() {
        assertThat(config("postgres://ann:hidden@db/sluice", null, "secret"))
                .asString()
                .doesNotContain("hidden", "secret");
    }

    private static PostgresConfig config(String url, @Nullable String user, @Nullable String password) {
        return new PostgresConfig(
                url, user, password, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
    }
}
