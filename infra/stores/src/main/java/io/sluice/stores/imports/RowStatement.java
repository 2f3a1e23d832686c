package io.sluice.stores.imports;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.sluice.imports.kind.Field;
import io.sluice.imports.kind.ImportKind;
import io.sluice.stores.postgres.ArrayParameters;
import io.sluice.stores.postgres.JsonColumns;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The statement that writes rows with the same columns. It skips rows that have an outcome, writes the others where
 * they differ, records the outcome of each, and counts. Names of columns come from kinds, which allow only identifiers
 * in lower case. The statement's own names begin with a capital, so no field can have them.
 *
 * @param columns the fields that the rows have, without the key
 * @param extra whether the rows have columns that are no field
 * @param dry whether this is a dry run, which writes only outcomes
 */
record RowStatement(ImportKind kind, List<Field> columns, boolean extra, boolean dry) {
    /**
     * One row for the statement.
     *
     * @param number number of its import; null when it belongs to none
     */
    record Values(@Nullable Integer number, @Nullable Integer rowNumber, String key, Map<String, String> fields) {}

    /** {@return the statement for rows with these names} */
    static RowStatement fitting(ImportKind kind, Set<String> names, boolean dry) {
        var columns = kind.fields().stream()
                .skip(1)
                .filter(field -> names.contains(field.name()))
                .toList();
        var known = columns.size() + (names.contains(kind.key().name()) ? 1 : 0);
        return new RowStatement(kind, columns, kind.keepsUnknown() && names.size() > known, dry);
    }

    /** Runs the statement. No two rows may have the same key. */
    void run(Connection connection, List<Values> rows, OffsetDateTime now) throws SQLException {
        try (var statement = connection.prepareStatement(sql())) {
            var arrays = new ArrayParameters<>(statement, rows);
            arrays.integers(1, Values::number);
            arrays.integers(2, Values::rowNumber);
            arrays.texts(3, Values::key);
            var at = 4;
            for (var column : columns) {
                arrays.texts(at++, row -> blankToNull(row.fields().get(column.name())));
            }
            if (extra) {
                var known = kind.fields().stream().map(Field::name).collect(toUnmodifiableSet());
                arrays.texts(at++, row -> extraOf(row, known));
            }
            if (!dry) {
                statement.setObject(at++, now);
                statement.setObject(at, now);
            }
            statement.executeUpdate();
        }
    }

    private static @Nullable String blankToNull(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    /** {@return the values that are no field, as JSON; null removes a stored value} */
    private static String extraOf(Values row, Set<String> known) {
        var unknown = new LinkedHashMap<String, @Nullable String>();
        row.fields().forEach((name, value) -> {
            if (!known.contains(name)) {
                unknown.put(name, blankToNull(value));
            }
        });
        return JsonColumns.write(unknown);
    }

    /**
     * Reads the existing rows in one query, then chooses insert, update or skip for each. So it neither locks nor
     * writes a row that is unchanged, and an insert needs no second lookup as with ON CONFLICT. If another transaction
     * inserts the same key in between, the statement fails with a unique violation and must run again.
     */
    private String sql() {
        var changes = dry ? "" : insertClause() + updateClause();
        return """
                WITH n AS (%s)%s, o AS (
                    INSERT INTO import_outcomes (import, row_number, outcome)
                    SELECT "Import", "Row", (CASE WHEN "New" THEN 'created' WHEN "Differs" THEN 'updated'
                        ELSE 'unchanged' END)::import_outcome
                    FROM n WHERE "Import" IS NOT NULL
                    RETURNING import, outcome
                )
                """.formatted(comparedRows(), changes) + ImportCounts.ADD;
    }

    /** The lookup of an outcome is a scalar subquery, so Postgres always uses the index for it. */
    private String comparedRows() {
        return """
                SELECT r."Import", r."Row", v.*, t.%1$s IS NULL AS "New", %2$s AS "Differs"
                FROM unnest(?::integer[], ?::integer[], ?::text[]%3$s) AS r ("Import", "Row", %1$s%4$s)
                    LEFT JOIN %5$s t ON t.%1$s = r.%1$s::%6$s
                    CROSS JOIN LATERAL (SELECT %7$s) AS v
                WHERE (SELECT 1 FROM import_outcomes o WHERE o.import = r."Import" AND o.row_number = r."Row") IS NULL
                """.formatted(
                        key(),
                        writtenColumns().isEmpty()
                                ? "false"
                                : "(%s) IS DISTINCT FROM (%s)".formatted(each("t.%s"), each("v.%s")),
                        ", ?::text[]".repeat(writtenColumns().size()),
                        writtenColumns().isEmpty() ? "" : ", " + each("%s"),
                        KindTable.name(kind),
                        KindTable.type(kind.key().type()),
                        typedColumns());
    }

    private String typedColumns() {
        var fields = Stream.concat(Stream.of(kind.key()), columns.stream())
                .map(field -> "r.%1$s::%2$s AS %1$s".formatted(quoted(field.name()), KindTable.type(field.type())));
        var merged = "nullif(jsonb_strip_nulls(coalesce(t.extra, '{}') || r.extra::jsonb), '{}') AS extra";
        return Stream.concat(fields, extra ? Stream.of(merged) : Stream.of()).collect(joining(", "));
    }

    private String insertClause() {
        var names = Stream.concat(Stream.of(key()), writtenColumns().stream()).collect(joining(", "));
        return """
                , i AS (
                    INSERT INTO %1$s (%2$s, created_at, updated_at)
                    SELECT %2$s, a."Now", a."Now" FROM n, (SELECT ?::timestamptz) AS a ("Now") WHERE "New"
                )""".formatted(KindTable.name(kind), names);
    }

    private String updateClause() {
        return """
                , u AS (
                    UPDATE %1$s t SET %2$supdated_at = ?::timestamptz
                    FROM n WHERE t.%3$s = n.%3$s AND NOT n."New" AND n."Differs"
                )""".formatted(
                KindTable.name(kind),
                writtenColumns().stream().map("%1$s = n.%1$s, "::formatted).collect(joining()),
                key());
    }

    private String each(String format) {
        return writtenColumns().stream().map(format::formatted).collect(joining(", "));
    }

    private List<String> writtenColumns() {
        return Stream.concat(
                        columns.stream().map(Field::name).map(RowStatement::quoted),
                        extra ? Stream.of(ImportKind.EXTRA) : Stream.of())
                .toList();
    }

    private String key() {
        return quoted(kind.key().name());
    }

    static String quoted(String identifier) {
        return '"' + identifier + '"';
    }
}
