package io.sluice.stores.postgres;

/** A call to Postgres failed. {@link PostgresErrors} says what that means. */
public final class PostgresException extends RuntimeException {
    PostgresException(String message, Throwable cause) {
        super(message, cause);
    }
}
