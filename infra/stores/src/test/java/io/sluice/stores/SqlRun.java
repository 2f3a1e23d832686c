package io.sluice.stores;

import io.sluice.stores.postgres.PostgresConfig;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Runs SQL on the database directly, not through the code under test. */
public final class SqlRun {
    private SqlRun() {}

    public static void on(PostgresConfig config, String sql) {
        try (var connection = DriverManager.getConnection(config.url(), "postgres", "");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String text(PostgresConfig config, String sql) {
        try (var connection = DriverManager.getConnection(config.url(), "postgres", "");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static long count(PostgresConfig config, String sql) {
        return Long.parseLong(text(config, sql));
    }
}
