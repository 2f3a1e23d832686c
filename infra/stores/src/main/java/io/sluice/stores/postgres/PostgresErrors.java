package io.sluice.stores.postgres;

import static io.sluice.runtime.Failure.Scope.DEPENDENCY;
import static io.sluice.stores.StoreFailure.POSTGRES_REFUSED;
import static io.sluice.stores.StoreFailure.POSTGRES_REJECTED;
import static io.sluice.stores.StoreFailure.POSTGRES_SCHEMA;
import static io.sluice.stores.StoreFailure.POSTGRES_UNAVAILABLE;

import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Unclear;
import io.sluice.runtime.FailureTranslator;
import io.sluice.stores.StoreFailure;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * Translates the errors of Postgres into failures, by SQLSTATE (appendix A of its manual; the first two characters are
 * the class). Only bad data is the record's fault for certain; any other error may be about one record alone, so it is
 * not taken for an outage before a probe has failed. A failure's detail leaves out the server's message, because that may quote the row.
 */
public final class PostgresErrors implements FailureTranslator {
    @Override
    public Optional<Failure> translate(Throwable thrown) {
        return Optional.ofNullable(of(thrown));
    }

    /** {@return the failure that the exception means; null when the exception does not come from Postgres} */
    public static @Nullable Failure of(Throwable thrown) {
        var schema = false;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return of(sql);
            }
            schema |= cause instanceof FlywayException;
        }
        return schema
                ? new Retryable(POSTGRES_SCHEMA, "the schema could not be brought up to date", DEPENDENCY, thrown)
                : null;
    }

    /** {@return whether the exception means that a unique key exists already} */
    public static boolean isUniqueViolation(PostgresException thrown) {
        return thrown.getCause() instanceof SQLException sql && "23505".equals(sql.getSQLState());
    }

    private static Failure of(SQLException sql) {
        var state = Optional.ofNullable(sql.getSQLState()).orElse("08000");
        return switch (state.length() < 2 ? state : state.substring(0, 2)) {
            // bad data, violated constraint, over a limit of the server (an index row too long)
            case "21", "22", "23", "54" -> new Fatal(POSTGRES_REJECTED, refusal(state, sql), sql);
            case "28" -> unclear(POSTGRES_REFUSED, "Postgres refused the login", state, sql);
            case "3D", "3F", "42" ->
                state.equals("42501")
                        ? unclear(POSTGRES_REFUSED, "the role lacks a right in Postgres", state, sql)
                        : unclear(POSTGRES_SCHEMA, "the tables are not the expected ones", state, sql);
            // errors of the disk, and errors inside the server: perhaps over this row
            case "58", "XX" ->
                new Unclear(
                        dependency(POSTGRES_UNAVAILABLE, "Postgres is not available", state, sql),
                        new Fatal(
                                POSTGRES_REJECTED,
                                "Postgres works, but fails on this row (SQLSTATE " + state + ")",
                                sql));
            // all others: 08 connection, 25 read-only, 40 deadlock, 53 resources, 55 lock, 57 shutdown
            default -> unclear(POSTGRES_UNAVAILABLE, "Postgres is not available", state, sql);
        };
    }

    /**
     * Says why Postgres rejects the row. Names of columns and constraints come from the schema, so they quote nothing
     * of the row.
     */
    private static String refusal(String state, SQLException sql) {
        var server = sql instanceof PSQLException refused ? refused.getServerErrorMessage() : null;
        var column = server == null ? null : server.getColumn();
        var constraint = server == null ? null : server.getConstraint();
        var why = switch (state) {
            case "22001" -> "a text is longer than its column allows";
            case "22003" -> "a number is too large for its column";
            case "22021", "22P05" -> "a text has a character that Postgres cannot store";
            case "23502" -> (column == null ? "a required column" : "the column " + column) + " is empty";
            case "23514" -> "it violates a check of its table";
            case "23505" -> "another row already has a value that must be unique";
            case "54000" -> "a value is too long for an index";
            default -> "a value does not fit its column";
        };
        var named = constraint == null ? "" : ", constraint " + constraint;
        return "Postgres cannot store the row: %s%s (SQLSTATE %s)".formatted(why, named, state);
    }

    private static Unclear unclear(StoreFailure code, String what, String state, SQLException sql) {
        return Unclear.of(
                dependency(code, what, state, sql),
                "Postgres works, but fails on this record (SQLSTATE " + state + ")");
    }

    private static Retryable dependency(StoreFailure code, String what, String state, SQLException sql) {
        return new Retryable(code, what + " (SQLSTATE " + state + ")", DEPENDENCY, sql);
    }
}
