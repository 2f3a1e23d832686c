package io.sluice.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresTimeoutsTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 300, 999, 1_000, 1_001, 1_111, 1_112, 1_900, 1_999, 2_000, 2_500, 15_000, 15_999})
    void postgresEndsAStatementBeforeTheClientStopsWaiting(long millis) {
        var answer = Duration.ofMillis(millis);
        var config = new PostgresConfig(
                PostgresConfig.DEFAULT_URL, null, null, Duration.ofSeconds(3), answer, Duration.ofSeconds(60));

        assertThat(config.statementTimeout())
                .isPositive()
                .isLessThan(config.socketTimeout())
                .isLessThanOrEqualTo(answer);
    }
}
