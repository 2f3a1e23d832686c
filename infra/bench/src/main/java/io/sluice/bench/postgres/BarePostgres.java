package io.sluice.bench.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;

/** A connection to Postgres that can copy rows into a table, which is the fastest way to insert them. */
public final class BarePostgres implements AutoCloseable {
    private final Connection connection;

    /** Connects without a password. */
    public BarePostgres(String url, String user) throws SQLException {
        connection = DriverManager.getConnection(url, user, "");
    }

    /** Runs some SQL. */
    public void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** {@return the single number that the query returns} */
    public long count(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /**
     * Copies rows in one stream, and commits at its end.
     *
     * @param lines the result of {@link #lines}
     */
    public void copy(String table, List<String> columns, byte[] lines) throws SQLException, IOException {
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn(
                        "COPY %s (%s) FROM STDIN".formatted(table, String.join(", ", columns)),
                        new ByteArrayInputStream(lines));
    }

    /** {@return rows in the text format of COPY; the values must not need escaping} */
    public static byte[] lines(List<List<String>> rows) {
        var lines = new StringBuilder();
        rows.forEach(row -> lines.append(String.join("\t", row)).append('\n'));
        return lines.toString().getBytes(UTF_8);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
