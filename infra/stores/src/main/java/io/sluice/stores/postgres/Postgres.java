package io.sluice.stores.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.sluice.stores.OnDemand;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool of connections to a database whose schema is up to date. It is opened, and the schema migrated, with the first
 * use; several services may do so at once. After an outage it recovers by itself.
 */
public final class Postgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Postgres.class);
    /** Longest wait for the answer to a probe. */
    public static final Duration PROBE = Duration.ofSeconds(2);
    /** The name of the bean for what would rather do without than wait. */
    public static final String FOR_CACHE = "cache";

    private static final Duration LIFETIME = Duration.ofMinutes(30);

    /**
     * Every statement of ours finds its rows by an index, in tables that grow and may be emptied. Postgres keeps one plan
     * for a statement that is run often, and one that was made for an empty table reads all of it for each row when it has
     * grown. So each execution is planned for its own values and the table's size of the moment. A random page costs as on
     * an SSD; by the default, Postgres prefers to read all of an index for a batch of rows.
     */
    private static final String PLANS_BY_INDEXES =
            "SET plan_cache_mode = force_custom_plan; SET enable_seqscan = off; SET random_page_cost = 1.1";

    /** Of the longest wait for an answer: Postgres ends a statement before we stop listening, or it would run on. */
    private static final double STATEMENT_SHARE = 0.9;

    private final PostgresConfig config;
    private final int poolSize;
    private final UnaryOperator<Connection> wrap;
    private final OnDemand<HikariDataSource> pool = new OnDemand<>(this::open, HikariDataSource::close);

    public Postgres(PostgresConfig config, int poolSize) {
        this(config, poolSize, UnaryOperator.identity());
    }

    /** @param wrap what is put around each connection; nothing, but for tests */
    public Postgres(PostgresConfig config, int poolSize, UnaryOperator<Connection> wrap) {
        this.config = config;
        this.poolSize = poolSize;
        this.wrap = wrap;
    }

    /** Some SQL. */
    @FunctionalInterface
    public interface Work<T> {
        /** {@return what came of it} */
        T run(Connection connection) throws SQLException;
    }

    /**
     * Runs some SQL on a connection of the pool. Each statement is a transaction of its own.
     *
     * @throws PostgresException for every failure
     */
    public <T> T run(Work<T> work) {
        try (var connection = wrap.apply(pool.get().getConnection())) {
            return work.run(connection);
        } catch (SQLException e) {
            throw new PostgresException("Postgres at " + config.address().jdbc() + " failed: " + e.getMessage(), e);
        }
    }

    /**
     * Runs some SQL as one transaction. A failure leaves nothing behind, unless it is the answer to the commit that was
     * lost: whoever tries again must be able to tell.
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
     * Waits until Postgres is there and its schema up to date.
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

    /** A pool that insists on its first connection tries again and again, as long as it is told to. */
    private void awaitConnection() {
        var settings = settings();
        settings.setMaximumPoolSize(1);
        settings.setInitializationFailTimeout(Math.max(1, config.startTimeout().toMillis()));
        try {
            new HikariDataSource(settings).close();
        } catch (HikariPool.PoolInitializationException e) {
            throw new PostgresException(
                    "Postgres at %s is not there after %d s; start it, or set DATABASE_URL (%s)"
                            .formatted(
                                    config.address().jdbc(),
                                    config.startTimeout().toSeconds(),
                                    rootMessage(e)),
                    e);
        }
    }

    /** Asks whether Postgres answers; fails with {@link PostgresException} when it does not. */
    public void probe() {
        var valid = run(connection -> connection.isValid((int) PROBE.toSeconds()));
        if (!valid) {
            throw new PostgresException("Postgres does not answer", new SQLException("not valid", "08006"));
        }
    }

    /** As {@link #probe()}, and asks whether it takes what is written: full disks, standbys and missing rights do not. */
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
            // not on the pool: a migration needs several connections, and may take its time
            Flyway.configure(Postgres.class.getClassLoader())
                    .jdbcProperties(connecting())
                    .dataSource(config.address().jdbc(), config.userName(), config.passwordOrEmpty())
                    .locations("classpath:io/sluice/stores/postgres/migration")
                    // the database may hold tables of others
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
        // the pool opens while Postgres is away, and fills when it is back
        settings.setInitializationFailTimeout(-1);
        connecting().forEach(settings::addDataSourceProperty);
        settings.addDataSourceProperty("socketTimeout", seconds(config.answerTimeout()));
        // not the option of the URL: what pools connections in front of Postgres may refuse that
        settings.setConnectionInitSql(PLANS_BY_INDEXES + "; SET statement_timeout = " + statementTimeoutMillis());
        return settings;
    }

    /** The first timeout is TCP's alone; the second covers the greeting, which a server may never send. */
    private Map<String, String> connecting() {
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

    private long statementTimeoutMillis() {
        return Math.max(1, Math.round(config.answerTimeout().toMillis() * STATEMENT_SHARE));
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
    }
}
