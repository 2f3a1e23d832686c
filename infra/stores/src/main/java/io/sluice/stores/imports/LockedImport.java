package io.sluice.stores.imports;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;

/**
 * An import that is locked, so that it cannot be canceled before the transaction ends.
 *
 * @param number its short id in the tables of outcomes and counts
 * @param canceled whether it was canceled before
 */
record LockedImport(int number, boolean canceled, boolean runsDry, boolean createsCategories, FileColumns columns) {
    /** One round trip. The second statement sees everything that was committed before the locks were granted. */
    private static final String LOCK_AND_READ = ImportLocks.SHARED + """
            ; SELECT import_id, number, canceled_at IS NOT NULL,
                coalesce((request ->> 'dry_run')::boolean, false),
                coalesce((request ->> 'create_categories')::boolean, true), header, fields
            FROM imports WHERE import_id = ANY (?)""";

    /** {@return the known ones of these imports, by id} */
    static Map<String, LockedImport> lock(Connection connection, SortedSet<String> ids) throws SQLException {
        if (ids.isEmpty()) {
            return Map.of();
        }
        var locked = new HashMap<String, LockedImport>();
        try (var statement = connection.prepareStatement(LOCK_AND_READ)) {
            var array = connection.createArrayOf("text", ids.toArray(String[]::new));
            statement.setArray(1, array);
            statement.setArray(2, array);
            statement.execute();
            statement.getMoreResults();
            try (var rows = statement.getResultSet()) {
                while (rows.next()) {
                    locked.put(
                            rows.getString(1),
                            new LockedImport(
                                    rows.getInt(2),
                                    rows.getBoolean(3),
                                    rows.getBoolean(4),
                                    rows.getBoolean(5),
                                    FileColumns.read(rows.getString(6), rows.getString(7))));
                }
            }
        }
        return locked;
    }
}
