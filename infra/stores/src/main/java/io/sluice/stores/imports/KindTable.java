package io.sluice.stores.imports;

import static io.sluice.stores.imports.RowStatement.quoted;
import static java.util.stream.Collectors.joining;

import io.sluice.imports.kind.Field;
import io.sluice.imports.kind.FieldType;
import io.sluice.imports.kind.ImportKind;
import io.sluice.stores.postgres.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The table of a kind. It has one column for each field, of which the first is the key; a JSON column for other values,
 * if the kind keeps them; and the times when a row was created and updated.
 */
final class KindTable {
    private static final String TIME = "timestamp with time zone";

    private static final String COLUMNS = """
            SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
            WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped""";

    private static final String IS_KEY = """
            SELECT EXISTS (SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
            WHERE i.indrelid = to_regclass(?) AND i.indisunique AND i.indnkeyatts = 1 AND i.indpred IS NULL
                AND i.indisvalid AND a.attname = ?)""";

    private static final String MAY_WRITE = """
            SELECT bool_and(has_table_privilege(t, 'SELECT') AND has_table_privilege(t, 'INSERT')
                AND has_table_privilege(t, 'UPDATE')) FROM unnest(?::text[]) AS k (t)""";

    private KindTable() {}

    /** {@return the name of the table, for SQL} */
    static String name(ImportKind kind) {
        return name(kind.name());
    }

    static String name(String kind) {
        return "public." + quoted(kind);
    }

    /** {@return the type of a column, as Postgres spells it} */
    static String type(FieldType type) {
        return switch (type) {
            case TEXT, SIRET, SIREN, POSTCODE, PHONE, EMAIL, URL, NAF, SLUG -> "text";
            case INTEGER -> "bigint";
            case DECIMAL -> "numeric";
            case DATE -> "date";
            case BOOLEAN -> "boolean";
        };
    }

    /**
     * Creates the table, or adds the columns it lacks. Services that do so at the same time wait for each other.
     *
     * @throws IllegalStateException when the existing table does not fit
     */
    static void prepare(Connection connection, ImportKind kind) throws SQLException {
        ImportLocks.exclusive(connection, "table " + kind.name());
        var there = columns(connection, kind);
        var wanted = wanted(kind);
        if (there.isEmpty()) {
            var columns = wanted.entrySet().stream()
                    .map(column -> definition(kind, column))
                    .collect(joining(", "));
            execute(connection, "CREATE TABLE " + name(kind) + " (" + columns + ")");
            if (kind.key().type() == FieldType.SLUG && kind.field("name").isPresent()) {
                execute(connection, "CREATE INDEX ON " + name(kind) + " (name)"); // rows refer to it by name
            }
            KeyMove.mark(connection, kind);
            return;
        }
        wanted.forEach((column, type) -> requireFits(kind, column, type, there));
        requireKey(connection, kind);
        for (var column : wanted.entrySet()) {
            if (!there.containsKey(column.getKey())) {
                execute(connection, "ALTER TABLE " + name(kind) + " ADD COLUMN " + definition(kind, column));
            }
        }
    }

    /** Fails when the role may not write one of the tables, or a table does not exist. */
    static void requireRights(Connection connection, Collection<ImportKind> kinds) throws SQLException {
        try (var statement = connection.prepareStatement(MAY_WRITE)) {
            var tables = kinds.stream().map(KindTable::name).toArray(String[]::new);
            statement.setArray(1, connection.createArrayOf("text", tables));
            statement.setQueryTimeout((int) Postgres.PROBE.toSeconds());
            try (var rows = statement.executeQuery()) {
                if (rows.next() && !rows.getBoolean(1) && !rows.wasNull()) {
                    throw new SQLException("the role may not write the table of a kind", "42501");
                }
            }
        }
    }

    private static Map<String, String> wanted(ImportKind kind) {
        var wanted = new LinkedHashMap<String, String>();
        for (Field field : kind.fields()) {
            wanted.put(field.name(), type(field.type()));
        }
        if (kind.keepsUnknown()) {
            wanted.put(ImportKind.EXTRA, "jsonb");
        }
        wanted.put("created_at", TIME);
        wanted.put("updated_at", TIME);
        return wanted;
    }

    private static String definition(ImportKind kind, Map.Entry<String, String> column) {
        var more = column.getKey().equals(kind.key().name())
                ? " PRIMARY KEY"
                : column.getValue().equals(TIME) ? " NOT NULL DEFAULT now()" : "";
        return quoted(column.getKey()) + " " + column.getValue() + more;
    }

    private static Map<String, String> columns(Connection connection, ImportKind kind) throws SQLException {
        var columns = new LinkedHashMap<String, String>();
        try (var statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, name(kind));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return columns;
    }

    private static void requireFits(ImportKind kind, String column, String type, Map<String, String> there) {
        Optional.ofNullable(there.get(column))
                .filter(found -> !found.equals(type) && !(type.equals("text") && found.startsWith("character varying")))
                .ifPresent(found -> {
                    throw new IllegalStateException(
                            "The column %s of the table %s has the type %s, but its kind needs %s: change the column, rename the table, or define another kind"
                                    .formatted(column, kind.name(), found, type));
                });
    }

    private static void requireKey(Connection connection, ImportKind kind) throws SQLException {
        try (var statement = connection.prepareStatement(IS_KEY)) {
            statement.setString(1, name(kind));
            statement.setString(2, kind.key().name());
            try (var rows = statement.executeQuery()) {
                if (!rows.next() || !rows.getBoolean(1)) {
                    throw new IllegalStateException(
                            "The table %s has no primary key or unique index on %s alone, which identifies the rows of its kind: create one, or rename the table"
                                    .formatted(kind.name(), kind.key().name()));
                }
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
