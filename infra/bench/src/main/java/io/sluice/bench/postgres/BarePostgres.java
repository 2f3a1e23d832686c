package io.sluice.bench.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;

/** A connection to Postgres, and the fastest way there is to put rows into a table. */
public final class BarePostgres implements AutoCloseable {
    private final Connection connection;

    /** Connects; no password is asked for. */
    public BarePostgres(String url, String user) throws SQLException {
        connection = DriverManager.getConnection(url, user, "");
    }

    /** Runs some SQL. */
    public void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** {@return the one number that the query gives} */
    public long count(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /**
     * Copies rows in one stream, committed at its end.
     *
     * @param lines as {@link #lines} makes them
     */
    public void copy(String table, List<String> columns, byte[] lines) throws SQLException, IOException {
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn(
                        "COPY %s (%s) FROM STDIN".formatted(table, String.join(", ", columns)),
                        new ByteArrayInputStream(lines));
    }

    /** {@return rows in the text format of COPY; of values that need no escaping} */
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
