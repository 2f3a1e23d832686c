package io.sluice.stores.postgres;

import io.sluice.schemas.imports.ImportRow;
import io.sluice.stores.imports.RowStore.Standing;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** The imports that a batch speaks of. */
final class OpenImports {
    /** In one round trip; the look at the imports sees what was committed before the locks were had. */
    private static final String LOCK = ImportLocks.SHARED + """
            ; SELECT import_id, number, canceled_at IS NOT NULL,
                coalesce((request ->> 'dry_run')::boolean, false),
                coalesce((request ->> 'create_categories')::boolean, true)
            FROM imports WHERE import_id = ANY (?)""";

    private static final String STANDINGS = """
            SELECT i.import_id, i.request ->> 'job_id' AS job_id, i.canceled_at IS NOT NULL AS canceled, c.*
            FROM imports i, LATERAL (%s) c WHERE i.import_id = ANY (?)
            """.formatted(ImportCounts.OF.formatted("i.number"));

    private static final String COLUMNS = "SELECT header, fields FROM imports WHERE number = ?";

    private OpenImports() {}

    /** @param number its short name in the tables of outcomes */
    record OpenImport(int number, boolean canceled, boolean runsDry, boolean createsCategories) {}

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
                            new OpenImport(rows.getInt(2), rows.getBoolean(3), rows.getBoolean(4), rows.getBoolean(5)));
                }
            }
        }
        return open;
    }

    /** {@return how the imports stand that are known} */
    static Map<String, Standing> standings(Connection connection, Collection<String> ids) throws SQLException {
        if (ids.isEmpty()) {
            return Map.of();
        }
        var standings = new HashMap<String, Standing>();
        try (var statement = connection.prepareStatement(STANDINGS)) {
            statement.setArray(1, connection.createArrayOf("text", ids.toArray(String[]::new)));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    standings.put(
                            rows.getString("import_id"),
                            new Standing(
                                    rows.getString("job_id"), ImportCounts.read(rows), rows.getBoolean("canceled")));
                }
            }
        }
        return standings;
    }

    /** {@return the row's values by the header of its file, as far as they were kept} */
    static Map<String, String> cells(Connection connection, int number, ImportRow.Data row) throws SQLException {
        try (var statement = connection.prepareStatement(COLUMNS)) {
            statement.setInt(1, number);
            try (var rows = statement.executeQuery()) {
                if (!rows.next() || rows.getString(1) == null) {
                    return row.fields();
                }
                return cells(
                        LedgerJson.textList(rows.getString(1)),
                        LedgerJson.textsByName(rows.getString(2)),
                        row.fields());
            }
        }
    }

    private static Map<String, String> cells(
            List<String> header, Map<String, String> fieldsByHeader, Map<String, String> fields) {
        var cells = new LinkedHashMap<String, String>();
        for (var name : header) {
            var value = fields.get(fieldsByHeader.getOrDefault(name, name));
            if (value != null) {
                cells.put(name, value);
            }
        }
        return cells;
    }
}
