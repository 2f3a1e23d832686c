package io.sluice.stores.postgres;

import static io.sluice.testkit.PipelineLab.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.runtime.Failure;
import io.sluice.stores.SqlRun;
import io.sluice.stores.StoreFailure;
import io.sluice.testkit.TestStack;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The pool, with a real Postgres. */
class PostgresIT {
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final String url = TestStack.postgres().url();

    @Test
    void aSlowStatementIsEndedOnTheServerTooAndItsConnectionStaysUsable() {
        var config = new PostgresConfig(url, null, null, Duration.ofSeconds(3), ANSWER, Duration.ofSeconds(60));
        try (var postgres = new Postgres(config, 1)) {
            postgres.awaitReady();
            var before = backend(postgres);

            var thrown = catchThrowable(() -> text(postgres, "SELECT pg_sleep(120)"));

            assertThat(new PostgresErrors().translate(thrown))
                    .map(Failure::code)
                    .contains(StoreFailure.POSTGRES_UNAVAILABLE);
            await().during(Duration.ofMillis(200)).until(() -> active() == 0);
            assertThat(backend(postgres)).isEqualTo(before);
        }
    }

    private static String backend(Postgres postgres) {
        return text(postgres, "SELECT pg_backend_pid()::text");
    }

    private long active() {
        return SqlRun.count(PostgresConfig.of(url), """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = 'sluice' AND state = 'active'""");
    }

    private static String text(Postgres postgres, String sql) {
        return postgres.run(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                rows.next();
                return String.valueOf(rows.getString(1));
            }
        });
    }
}
