package io.sluice.stores.imports;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;

/** The imports that a batch speaks of. */
final class OpenImports {
    /** In one round trip; the look at the imports sees what was committed before the locks were had. */
    private static final String LOCK = ImportLocks.SHARED + """
            ; SELECT import_id, number, canceled_at IS NOT NULL,
                coalesce((request ->> 'dry_run')::boolean, false),
                coalesce((request ->> 'create_categories')::boolean, true), header, fields
            FROM imports WHERE import_id = ANY (?)""";

    private OpenImports() {}

    /** @param number its short name in the tables of outcomes */
    record OpenImport(int number, boolean canceled, boolean runsDry, boolean createsCategories, FileColumns columns) {}

    /** {@return the imports that are known, by id; none of them can be canceled before the transaction ends} */
    static Map<String, OpenImport> share(Connection connection, SortedSet<String> ids) throws SQLException {
        if (ids.isEmpty()) {
            return Map.of();
        }
        var open = new HashMap<String, OpenImport>();
        try (var statement = connection.prepareStatement(LOCK)) {
            var array = connection.createArrayOf("text", ids.toArray(String[]::new));
            statement.setArray(1, array);
            statement.setArray(2, array);
            statement.execute();
            statement.getMoreResults();
            try (var rows = statement.getResultSet()) {
                while (rows.next()) {
                    open.put(
                            rows.getString(1),
                            new OpenImport(
                                    rows.getInt(2),
                                    rows.getBoolean(3),
                                    rows.getBoolean(4),
                                    rows.getBoolean(5),
                                    FileColumns.read(rows.getString(6), rows.getString(7))));
                }
            }
        }
        return open;
    }
}
