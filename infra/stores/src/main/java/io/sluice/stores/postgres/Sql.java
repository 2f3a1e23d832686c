package io.sluice.stores.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs one SQL statement with its values, which may be times. */
public final class Sql {
    private Sql() {}

    /** Reads one row of a result. */
    @FunctionalInterface
    public interface RowReader<T> {
        /** {@return what the row holds} */
        T read(ResultSet row) throws SQLException;
    }

    /** {@return the number of rows that the statement changed} */
    public static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (var statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** {@return all rows} */
    public static <T> List<T> list(Connection connection, String sql, RowReader<T> reader, @Nullable Object... values)
            throws SQLException {
        try (var statement = prepare(connection, sql, values);
                var rows = statement.executeQuery()) {
            var read = new ArrayList<T>();
            while (rows.next()) {
                read.add(reader.read(rows));
            }
            return read;
        }
    }

    /** {@return the first row; empty when there is none} */
    public static <T> Optional<T> first(
            Connection connection, String sql, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        return list(connection, sql, reader, values).stream().findFirst();
    }

    /** {@return the time in this column; null when it has none} */
    public static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (var i = 0; i < values.length; i++) {
            var value = values[i];
            statement.setObject(i + 1, value instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : value);
        }
        return statement;
    }
}
