package io.sluice.stores.postgres;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The connection to Postgres.
 *
 * @param url {@code jdbc:postgresql://host:port/database} or {@code postgres://user:password@host:port/database}
 * @param user if not set, the one in the URL, else {@code postgres}
 * @param password if not set, the one in the URL, else none
 * @param connectTimeout longest wait for a connection
 * @param answerTimeout longest wait for the answer to a statement
 * @param startTimeout how long a service that needs Postgres waits for it at start before it gives up
 */
@ConfigurationProperties("database")
public record PostgresConfig(
        @Bindable(defaultValue = DEFAULT_URL) String url,
        @Nullable String user,
        @Nullable String password,
        @Bindable(defaultValue = "3s") Duration connectTimeout,
        @Bindable(defaultValue = "15s") Duration answerTimeout,
        @Bindable(defaultValue = "60s") Duration startTimeout) {
    static final String DEFAULT_URL = "jdbc:postgresql://127.0.0.1:5433/sluice";
    static final String DEFAULT_USER = "postgres";
    /**
     * Statement timeout as a share of the answer timeout. Postgres must end a statement before the client stops
     * waiting; otherwise the statement goes on running.
     */
    private static final double STATEMENT_SHARE = 0.9;

    public PostgresConfig {
        try {
            PostgresUrl.parse(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("database.url (DATABASE_URL) " + e.getMessage(), e);
        }
        atLeastAMillisecond("database.connect-timeout", connectTimeout);
        atLeastAMillisecond("database.answer-timeout", answerTimeout);
    }

    /** {@return the defaults, for the database at this URL} */
    public static PostgresConfig of(String url) {
        return new PostgresConfig(
                url, null, null, Duration.ofSeconds(3), Duration.ofSeconds(15), Duration.ofSeconds(60));
    }

    /** {@return the same database with short timeouts, for callers that can do without an answer} */
    PostgresConfig withShortTimeouts() {
        return new PostgresConfig(url, user, password, Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ZERO);
    }

    PostgresUrl address() {
        return PostgresUrl.parse(url);
    }

    String userName() {
        return user != null ? user : address().user().orElse(DEFAULT_USER);
    }

    String passwordOrEmpty() {
        return password != null ? password : address().password().orElse("");
    }

    /** {@return how long Postgres works on a statement before it ends the statement; shorter than the driver waits} */
    Duration statementTimeout() {
        var shorter = answerTimeout.compareTo(socketTimeout()) < 0 ? answerTimeout : socketTimeout();
        return Duration.ofMillis(Math.max(1, (long) (shorter.toMillis() * STATEMENT_SHARE)));
    }

    /** {@return how long the driver waits for an answer: whole seconds, because it knows no others} */
    Duration socketTimeout() {
        return Duration.ofSeconds(Math.max(1, answerTimeout.toSeconds()));
    }

    private static void atLeastAMillisecond(String key, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(key + " must be 1 ms or more, is " + value);
        }
    }

    @Override
    public String toString() {
        return "PostgresConfig[" + address().jdbc() + "]";
    }
}
