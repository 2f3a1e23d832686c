package io.sluice.testkit;

import io.sluice.stack.LocalPostgres;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The Postgres that all tests of a JVM share. */
public final class TestPostgres implements AutoCloseable {
    private final LocalPostgres server;
    private final AtomicInteger databases = new AtomicInteger();

    TestPostgres(LocalPostgres server) {
        this.server = server;
    }

    Database freshDatabase() {
        var name = "test_" + databases.incrementAndGet();
        try (var connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), "");
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("could not create a database for the test", e);
        }
        var url = server.jdbcUrl();
        return new Database(url.substring(0, url.lastIndexOf('/') + 1) + name, server.user());
    }

    @Override
    public void close() {
        server.close();
    }

    /**
     * A new, empty database.
     *
     * @param url JDBC URL without user or password
     * @param user a user without a password
     */
    public record Database(String url, String user) {
        /** Runs SQL directly, not through the code under test. */
        public void run(String sql) {
            try (var connection = DriverManager.getConnection(url, user, "");
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        /** {@return the rows of a query, each as a list of texts} */
        public List<List<String>> rows(String sql) {
            try (var connection = DriverManager.getConnection(url, user, "");
                    var statement = connection.createStatement();
                    var result = statement.executeQuery(sql)) {
                var columns = result.getMetaData().getColumnCount();
                var rows = new ArrayList<List<String>>();
                while (result.next()) {
                    var row = new ArrayList<String>();
                    for (var column = 1; column <= columns; column++) {
                        row.add(String.valueOf(result.getString(column)));
                    }
                    rows.add(row);
                }
                return rows;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
