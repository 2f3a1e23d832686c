package io.sluice.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.micronaut.http.HttpRequest;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.stack.LocalPostgres;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.PostgresConfig;
import io.sluice.testkit.TestPostgres.Database;
import io.sluice.testkit.TestStack;
import io.sluice.web.problem.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two gateways that count in one Postgres. */
class RateLimitsIT {
    private static final Path BINARIES =
            Path.of(System.getProperty("java.io.tmpdir"), "sluice-postgres-" + System.getProperty("user.name"));
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int LIMIT = 10;
    private static final Counter ANN = limit().of("ann");

    private final SetClock clock = new SetClock(Instant.now());
    private final List<Postgres> pools = new ArrayList<>();

    @AfterEach
    void closePools() {
        pools.forEach(Postgres::close);
    }

    @Test
    void gatewaysShareTheirCounts() {
        var database = TestStack.postgres();
        var one = gateway(database.url());
        var other = gateway(database.url());

        assertThat(admitted(one, 6)).isEqualTo(6);
        assertThat(admitted(other, 6)).isEqualTo(4);
        assertThat(admitted(one, 1)).isZero();
        assertThat(admitted(one, limit().of("bob"), LIMIT)).isEqualTo(LIMIT);
    }

    @Test
    void neverAdmitMoreThanTheLimitWhenAllCallersComeAtOnce() throws InterruptedException, ExecutionException {
        var database = TestStack.postgres();
        var gateways = List.of(gateway(database.url()), gateway(database.url()));
        gateways.forEach(gateway -> admitted(gateway, limit().of("first"), 1));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = Stream.generate(() -> gateways)
                    .limit(20)
                    .flatMap(List::stream)
                    .map(gateway -> (Callable<Integer>) () -> admitted(gateway, 1))
                    .toList();
            var admitted = 0;
            for (var call : threads.invokeAll(calls)) {
                admitted += call.get();
            }
            assertThat(admitted).isEqualTo(LIMIT);
        }
    }

    @Test
    void admitACallerThatWaitedAsLongAsTheOtherGatewaySaid() {
        var database = TestStack.postgres();
        var one = gateway(database.url());
        var other = gateway(database.url());
        admitted(one, LIMIT);

        var wait = refusal(other).retryAfter().orElseThrow();
        clock.forward(wait.minusSeconds(1));
        refusal(other);
        clock.forward(Duration.ofSeconds(1));
        assertThat(admitted(other, LIMIT)).isEqualTo(LIMIT);
    }

    @Test
    void shareWhatIsGivenBack() {
        var database = TestStack.postgres();
        var one = gateway(database.url());
        admitted(one, LIMIT - 1);

        for (var i = 0; i < 3; i++) {
            one.take(request(), ANN).giveBack();
        }
        assertThat(admitted(gateway(database.url()), LIMIT)).isEqualTo(1);
    }

    @Test
    void countAloneWhilePostgresIsAwayAndShareAgainWhenItIsBack() {
        var folder = TestStack.newFolder("limits-postgres");
        var postgres = LocalPostgres.start(folder);
        try {
            var one = gateway(postgres.jdbcUrl());
            var other = gateway(postgres.jdbcUrl());
            assertThat(admitted(one, 4)).isEqualTo(4);
            assertThat(admitted(other, 3)).isEqualTo(3);
            var permit = one.take(request(), ANN);

            postgres.close();
            assertThat(admitted(one, 2 * LIMIT)).isEqualTo(LIMIT);
            assertThat(admitted(other, 2 * LIMIT)).isEqualTo(LIMIT);
            permit.giveBack();
            assertThat(admitted(one, 1)).isZero();

            postgres = LocalPostgres.start(folder, BINARIES, "127.0.0.1", postgres.port());
            await().untilAsserted(() -> {
                clock.forward(Duration.ofMinutes(1));
                assertThat(admitted(one, 6)).isEqualTo(6);
                assertThat(admitted(other, 6)).isEqualTo(4);
            });
        } finally {
            closePools();
            postgres.close();
        }
    }

    @Test
    void aPostgresThatNeverAnswersCostsOneCallerASecondInFiveSeconds() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var gateway = gateway("jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/sluice");

            assertThat(timeOf(() -> admitted(gateway, 1))).isBetween(Duration.ofMillis(900), Duration.ofMillis(2_500));
            assertThat(timeOf(() -> admitted(gateway, 2 * LIMIT))).isLessThan(Duration.ofMillis(900));
            clock.forward(PAUSE);
            assertThat(timeOf(() -> admitted(gateway, 1))).isBetween(Duration.ofMillis(900), Duration.ofMillis(2_500));
            assertThat(timeOf(() -> admitted(gateway, 2 * LIMIT))).isLessThan(Duration.ofMillis(900));
        }
    }

    @Test
    void aLockedBucketCostsItsCallerASecond() throws SQLException {
        var database = TestStack.postgres();
        var gateway = gateway(database.url());
        admitted(gateway, 1);
        try (var connection = DriverManager.getConnection(database.url(), database.user(), "");
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT * FROM access.rate_limits FOR UPDATE");

            assertThat(timeOf(() -> admitted(gateway, 1))).isBetween(Duration.ofMillis(900), Duration.ofMillis(2_500));
        }
    }

    @Test
    void removeBucketsThatAreFullAgain() {
        var database = TestStack.postgres();
        var gateway = gateway(database.url());
        for (var i = 0; i < 20; i++) {
            admitted(gateway, limit().of("caller " + i), 1);
        }
        // Bucket4j reads the time of the system here, not our clock
        database.run("UPDATE access.rate_limits SET expires_at = expires_at - 120_000");
        admitted(gateway, 1);
        assertThat(rows(database)).isEqualTo(21);

        clock.forward(Duration.ofMinutes(1));
        admitted(gateway, 1);
        await().untilAsserted(() -> assertThat(rows(database)).isEqualTo(1));
    }

    private static int rows(Database database) {
        return Integer.parseInt(database.rows("SELECT count(*) FROM access.rate_limits")
                .getFirst()
                .getFirst());
    }

    private RateLimits gateway(String url) {
        var pool = new Postgres(
                new PostgresConfig(url, "postgres", null, Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ZERO),
                4);
        pools.add(pool);
        var shared = new PostgresBuckets(pool, clock);
        try {
            shared.connect();
        } catch (RuntimeException e) {
            assertThat(e).as("Postgres that does not answer").hasMessageContaining("schema");
        }
        return new RateLimits(new SharedBuckets(shared, new LocalBuckets(clock), clock), clock);
    }

    private static int admitted(RateLimits gateway, int calls) {
        return admitted(gateway, ANN, calls);
    }

    private static int admitted(RateLimits gateway, Counter caller, int calls) {
        var admitted = 0;
        for (var call = 0; call < calls; call++) {
            try {
                gateway.take(request(), caller);
                admitted++;
            } catch (ProblemException e) {
                assertThat(e.problem().code()).isEqualTo("RATE_LIMITED");
            }
        }
        return admitted;
    }

    private static ProblemException refusal(RateLimits gateway) {
        return catchThrowableOfType(ProblemException.class, () -> gateway.take(request(), ANN));
    }

    private static Duration timeOf(Runnable calls) {
        var start = System.nanoTime();
        calls.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static HttpRequest<?> request() {
        return HttpRequest.POST("/", "");
    }

    private static RateLimit limit() {
        return new RateLimit("some", LIMIT, GatewayProblem.RATE_LIMITED, "Too many.");
    }
}
