package io.sluice.stores.imports;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Keeps a cancellation and the batches of its import apart: batches share the import, a cancellation has it alone. These
 * are advisory locks, which are granted in turn: a cancellation that waited for a lock on the import's row could wait for
 * ever, since batches that come later would share the row with those before it. They end with the transaction.
 */
final class ImportLocks {
    /** Tells these locks from others of the database: the first four letters of the product, in ASCII. */
    private static final int SPACE = 0x736c7569;

    private static final String EXCLUSIVE = "SELECT pg_advisory_xact_lock(" + SPACE + ", hashtext(?))";

    /** Takes an array of import ids, which have to be sorted, so that two who want the same do not wait for each other. */
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
