package io.sluice.stores.postgres;

/** Postgres did not do what it was asked; {@link PostgresErrors} says what that means. */
public final class PostgresException extends RuntimeException {
    PostgresException(String message, Throwable cause) {
        super(message, cause);
    }
}
