package io.sluice.stores.postgres;

import static io.sluice.testkit.PipelineLab.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.runtime.CallLimit;
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

    @Test
    void aCallWhoseTimeIsLimitedIsEndedOnTheServerAndGivesUpItsLocks() {
        try (var postgres = new Postgres(PostgresConfig.of(url), 2)) {
            postgres.awaitReady();
            var before = backend(postgres);

            var thrown = catchThrowable(() -> CallLimit.within(
                    Duration.ofMillis(300),
                    () -> postgres.transaction(connection -> {
                        try (var statement = connection.createStatement()) {
                            statement.execute("SELECT pg_advisory_xact_lock(4711)");
                            return statement.execute("SELECT pg_sleep(120)");
                        }
                    })));

            assertThat(new PostgresErrors().translate(thrown))
                    .map(Failure::code)
                    .contains(StoreFailure.POSTGRES_UNAVAILABLE);
            assertThat(text(postgres, "SELECT pg_try_advisory_lock(4711)::text"))
                    .isEqualTo("true");
            assertThat(backend(postgres)).isEqualTo(before);
        }
    }

    @Test
    void aCallThatIsQuickEnoughIsNotEnded() {
        try (var postgres = new Postgres(PostgresConfig.of(url), 1)) {
            for (var call = 0; call < 50; call++) {
                assertThat(CallLimit.within(Duration.ofMillis(200), () -> text(postgres, "SELECT 'done'")))
                        .isEqualTo("done");
            }
            assertThat(text(postgres, "SELECT pg_sleep(0.5)::text")).isEmpty();
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
