package io.sluice.stores.postgres;

import static io.sluice.runtime.Failure.Scope.DEPENDENCY;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Unclear;
import io.sluice.runtime.RuntimeFailure;
import io.sluice.stores.StoreFailure;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresErrorsTest {
    private final PostgresErrors errors = new PostgresErrors();

    @ParameterizedTest
    @CsvSource({
        "08006, POSTGRES_UNAVAILABLE",
        "25006, POSTGRES_UNAVAILABLE",
        "40001, POSTGRES_UNAVAILABLE",
        "40P01, POSTGRES_UNAVAILABLE",
        "53300, POSTGRES_UNAVAILABLE",
        "55P03, POSTGRES_UNAVAILABLE",
        "57014, POSTGRES_UNAVAILABLE",
        "57P01, POSTGRES_UNAVAILABLE",
        "28P01, POSTGRES_REFUSED",
        "42501, POSTGRES_REFUSED",
        "42P01, POSTGRES_SCHEMA",
        "3D000, POSTGRES_SCHEMA",
    })
    void anErrorOfTheServerIsAnOutageOnlyWhenAProbeFails(String state, StoreFailure code) {
        assertThat(translated(new SQLException("", state))).isInstanceOfSatisfying(Unclear.class, failure -> {
            assertThat(failure.outage().scope()).isEqualTo(DEPENDENCY);
            assertThat(failure.outage().code()).isEqualTo(code);
            assertThat(failure.rejection()).isInstanceOf(Retryable.class);
            assertThat(failure.rejection().code()).isEqualTo(RuntimeFailure.UNCLASSIFIED);
            assertThat(failure.rejection().detail()).contains(state);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"XX000", "XX001", "58030"})
    void anErrorInsideTheServerIsUnclear(String state) {
        assertThat(translated(new SQLException("", state))).isInstanceOfSatisfying(Unclear.class, failure -> {
            assertThat(failure.outage().code()).isEqualTo(StoreFailure.POSTGRES_UNAVAILABLE);
            assertThat(failure.rejection().code()).isEqualTo(StoreFailure.POSTGRES_REJECTED);
            assertThat(failure.rejection().detail()).contains(state);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"22021", "22P05", "23514", "54000"})
    void aRowThatPostgresCannotStoreIsFatal(String state) {
        var failure = translated(new SQLException("ERROR: secret of the row", state));

        assertThat(failure).isInstanceOf(Fatal.class);
        assertThat(failure.detail()).contains(state).doesNotContain("secret");
    }

    @Test
    void anErrorWithoutAStateIsAConnectionError() {
        assertThat(translated(new SQLException("pool is empty")).code()).isEqualTo(StoreFailure.POSTGRES_UNAVAILABLE);
    }

    @Test
    void aSchemaThatDoesNotFitPausesTheWork() {
        assertThat(translated(new FlywayException("checksum"))).isInstanceOfSatisfying(Retryable.class, failure -> {
            assertThat(failure.scope()).isEqualTo(DEPENDENCY);
            assertThat(failure.code()).isEqualTo(StoreFailure.POSTGRES_SCHEMA);
        });
    }

    @Test
    void doesNotTranslateOtherExceptions() {
        assertThat(errors.translate(new IllegalStateException())).isEmpty();
    }

    private Failure translated(Exception cause) {
        return errors.translate(new PostgresException("wrapped", cause)).orElseThrow();
    }
}
