package io.sluice.stores.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.sluice.runtime.CallLimit;
import io.sluice.stores.OnDemand;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool of connections to a database whose schema is up to date. The first use migrates the schema and opens the pool;
 * several services may do so at the same time. After an outage the pool recovers by itself.
 */
public final class Postgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Postgres.class);
    /** Longest wait for the answer to a probe. */
    public static final Duration PROBE = Duration.ofSeconds(2);
    /** Name of the bean with short timeouts, for callers that can do without an answer. */
    public static final String FOR_CACHE = "cache";

    private static final Duration LIFETIME = Duration.ofMinutes(30);

    /**
     * Every statement here finds its rows through an index, in tables that grow and may be emptied. For a statement
     * that runs often, Postgres keeps one plan. A plan made for an empty table reads the whole table for each row, also
     * after the table has grown. So Postgres must plan each execution anew, for its own values and the current size of
     * the table. The cost of a random page is that of an SSD: with the default cost, Postgres prefers to read a whole
     * index for a batch of rows.
     */
    private static final String PLANS_BY_INDEXES =
            "SET plan_cache_mode = force_custom_plan; SET enable_seqscan = off; SET random_page_cost = 1.1";

    private final PostgresConfig config;
    private final int poolSize;
    private final UnaryOperator<Connection> wrap;
    private final CallTimer timer = new CallTimer();
    private final OnDemand<HikariDataSource> pool = new OnDemand<>(this::open, HikariDataSource::close);

    public Postgres(PostgresConfig config, int poolSize) {
        this(config, poolSize, UnaryOperator.identity());
    }

    /** @param wrap wraps each connection; only tests use it */
    public Postgres(PostgresConfig config, int poolSize, UnaryOperator<Connection> wrap) {
        this.config = config;
        this.poolSize = poolSize;
        this.wrap = wrap;
    }

    /** SQL to run on a connection. */
    @FunctionalInterface
    public interface Work<T> {
        /** {@return the result} */
        T run(Connection connection) throws SQLException;
    }

    /**
     * Runs SQL on a connection of the pool. Each statement is a transaction of its own.
     *
     * @throws PostgresException for every failure
     */
    public <T> T run(Work<T> work) {
        try (var connection = wrap.apply(pool.get().getConnection());
                var _ = timed(connection)) {
            return work.run(connection);
        } catch (SQLException e) {
            throw new PostgresException("Postgres at " + config.address().jdbc() + " failed: " + e.getMessage(), e);
        }
    }

    /** Postgres itself ends a statement after the configured time, so only a shorter limit is measured here. */
    private CallTimer.Running timed(Connection connection) throws SQLException {
        var limit = CallLimit.orLess(config.statementTimeout());
        return limit.compareTo(config.statementTimeout()) < 0 ? timer.start(connection, limit) : () -> {};
    }

    /**
     * Runs SQL as one transaction. A failure rolls everything back, with one exception: if the answer to the commit is
     * lost, the transaction may be committed. A caller that tries again must be able to detect that.
     *
     * @throws PostgresException for every failure
     */
    public <T> T transaction(Work<T> work) {
        return run(connection -> {
            connection.setAutoCommit(false);
            try {
                var result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        });
    }

    private static void rollBack(Connection connection, Exception why) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }

    /**
     * {@return the pool, for a library that writes its own SQL; {@link #close} closes it}
     *
     * @throws PostgresException when Postgres does not answer and the pool was never open
     */
    public DataSource dataSource() {
        return pool.get();
    }

    /**
     * Waits until Postgres answers and its schema is up to date.
     *
     * @throws PostgresException when that takes longer than {@code database.start-timeout}; the message says what to do
     */
    public void awaitReady() {
        try {
            probe();
        } catch (PostgresException e) {
            LOG.atWarn()
                    .addKeyValue("url", config.address().jdbc())
                    .addKeyValue("reason", rootMessage(e))
                    .log("waiting for Postgres");
            awaitConnection();
            probe();
        }
    }

    /** Opens a pool that tries again and again to get its first connection, until the start timeout is over. */
    private void awaitConnection() {
        var settings = settings();
        settings.setMaximumPoolSize(1);
        settings.setInitializationFailTimeout(Math.max(1, config.startTimeout().toMillis()));
        try {
            new HikariDataSource(settings).close();
        } catch (HikariPool.PoolInitializationException e) {
            throw new PostgresException(
                    "Postgres at %s did not answer within %d s; start it, or set DATABASE_URL (%s)"
                            .formatted(
                                    config.address().jdbc(),
                                    config.startTimeout().toSeconds(),
                                    rootMessage(e)),
                    e);
        }
    }

    /**
     * Checks that Postgres answers.
     *
     * @throws PostgresException when it does not
     */
    public void probe() {
        var valid = run(connection -> connection.isValid((int) PROBE.toSeconds()));
        if (!valid) {
            throw new PostgresException(
                    "Postgres does not answer", new SQLException("the connection is not valid", "08006"));
        }
    }

    /** Writes something that a probe rolls back. It may take no longer than a probe. */
    public static int tryToWrite(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setQueryTimeout((int) PROBE.toSeconds());
            return statement.executeUpdate(sql);
        }
    }

    /**
     * Tries a write and rolls it back. Fails when Postgres does not answer, and also on a full disk, on a standby, or
     * when a right is missing.
     */
    public void probe(Work<?> writing) {
        run(connection -> {
            connection.setAutoCommit(false);
            try {
                return Optional.ofNullable(writing.run(connection));
            } finally {
                connection.rollback();
            }
        });
    }

    private HikariDataSource open() {
        try {
            // not through the pool: a migration needs several connections, and may take long
            Flyway.configure(Postgres.class.getClassLoader())
                    .jdbcProperties(connectionProperties())
                    .dataSource(config.address().jdbc(), config.userName(), config.passwordOrEmpty())
                    .locations("classpath:io/sluice/stores/postgres/migration")
                    // the database may hold tables of other programs
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new PostgresException("the schema could not be brought up to date: " + rootMessage(e), e);
        }
        return new HikariDataSource(settings());
    }

    private HikariConfig settings() {
        var settings = new HikariConfig();
        settings.setPoolName("sluice-postgres");
        settings.setJdbcUrl(config.address().jdbc());
        settings.setUsername(config.userName());
        settings.setPassword(config.passwordOrEmpty());
        settings.setMaximumPoolSize(poolSize);
        settings.setMinimumIdle(1);
        settings.setConnectionTimeout(Math.max(250, config.connectTimeout().toMillis()));
        settings.setValidationTimeout(Math.max(250, config.connectTimeout().toMillis() / 2));
        settings.setMaxLifetime(LIFETIME.toMillis());
        // the pool opens even while Postgres is down, and connects when Postgres is back
        settings.setInitializationFailTimeout(-1);
        connectionProperties().forEach(settings::addDataSourceProperty);
        settings.addDataSourceProperty(
                "socketTimeout", String.valueOf(config.socketTimeout().toSeconds()));
        // not an option in the URL: a connection pooler in front of Postgres may refuse that
        settings.setConnectionInitSql(PLANS_BY_INDEXES + "; SET statement_timeout = "
                + config.statementTimeout().toMillis());
        return settings;
    }

    /**
     * {@code connectTimeout} covers only the TCP connection. {@code loginTimeout} also covers the login, which a server
     * may never answer.
     */
    private Map<String, String> connectionProperties() {
        return Map.of(
                "connectTimeout",
                seconds(config.connectTimeout()),
                "loginTimeout",
                seconds(config.connectTimeout()),
                "tcpKeepAlive",
                "true",
                "ApplicationName",
                "sluice");
    }

    private static String seconds(Duration duration) {
        return String.valueOf(Math.max(1, duration.toSeconds()));
    }

    private static String rootMessage(Throwable thrown) {
        var root = thrown;
        for (var cause = root.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }

    @Override
    public void close() {
        pool.close();
        timer.close();
    }
}
