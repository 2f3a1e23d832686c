package io.sluice.stores.imports;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Locks an import, so that a cancellation and the batches that write its rows exclude each other. A batch takes a
 * shared lock, a cancellation an exclusive one; both last until the transaction ends. They are advisory locks, which
 * Postgres grants in turn. With a lock on the row of the import, a cancellation could wait forever, because new batches
 * would keep sharing the row.
 */
final class ImportLocks {
    /**
     * Separates these locks from other advisory locks of the database: the first four letters of the product, in ASCII.
     */
    private static final int SPACE = 0x736c7569;

    private static final String EXCLUSIVE = "SELECT pg_advisory_xact_lock(" + SPACE + ", hashtext(?))";

    /**
     * Takes an array of import ids. They must be sorted, so that two transactions with the same ids cannot deadlock.
     */
    static final String SHARED =
            "SELECT pg_advisory_xact_lock_shared(" + SPACE + ", hashtext(id)) FROM unnest(?::text[]) AS i (id)";

    private ImportLocks() {}

    static void exclusive(Connection connection, String importId) throws SQLException {
        try (var statement = connection.prepareStatement(EXCLUSIVE)) {
            statement.setString(1, importId);
            statement.execute();
        }
    }
}
