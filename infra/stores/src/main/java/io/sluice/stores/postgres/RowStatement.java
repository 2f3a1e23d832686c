package io.sluice.stores.postgres;

import static java.util.stream.Collectors.joining;

import io.sluice.kinds.Field;
import io.sluice.kinds.ImportKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one statement that writes rows which have the same columns: leaves out those with an outcome, writes the others
 * where they differ, notes what became of each, and counts. Names come from kinds, which hold identifiers alone; those of
 * our own are in capitals, so that no field can have them.
 *
 * @param columns the fields the rows have, without the key
 * @param extra whether they have other columns
 * @param dry whether nothing is written but outcomes
 */
record RowStatement(ImportKind kind, List<Field> columns, boolean extra, boolean dry) {
    /**
     * One row for it.
     *
     * @param number of its import; null when it is part of none
     */
    record Values(@Nullable Integer number, @Nullable Integer rowNumber, String key, Map<String, String> fields) {}

    /** {@return the statement that fits this row} */
    static RowStatement fitting(ImportKind kind, Map<String, String> fields, boolean dry) {
        var columns = kind.fields().stream()
                .skip(1)
                .filter(field -> fields.containsKey(field.name()))
                .toList();
        var known = columns.size() + (fields.containsKey(kind.key().name()) ? 1 : 0);
        return new RowStatement(kind, columns, kind.keepsUnknown() && fields.size() > known, dry);
    }

    /** Runs it; no key may be there twice. */
    void run(Connection connection, List<Values> rows, OffsetDateTime now) throws SQLException {
        try (var statement = connection.prepareStatement(sql())) {
            var arrays = new Arrays<>(statement, rows);
            arrays.integers(1, Values::number);
            arrays.integers(2, Values::rowNumber);
            arrays.texts(3, Values::key);
            var at = 4;
            for (var column : columns) {
                arrays.texts(at++, row -> blankToNull(row.fields().get(column.name())));
            }
            if (extra) {
                arrays.texts(at++, this::extraOf);
            }
            if (!dry) {
                statement.setObject(at, now);
            }
            statement.executeUpdate();
        }
    }

    private static @Nullable String blankToNull(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    /** {@return what is no field, as JSON; null takes a name out of what is there} */
    private String extraOf(Values row) {
        var unknown = new LinkedHashMap<String, @Nullable String>();
        row.fields().forEach((name, value) -> {
            if (kind.field(name).isEmpty()) {
                unknown.put(name, blankToNull(value));
            }
        });
        return LedgerJson.extra(unknown);
    }

    private String sql() {
        return dry ? compared() : written();
    }

    private String written() {
        var assignments = Stream.concat(writtenColumns(), Stream.of("updated_at"))
                .map(name -> name + " = excluded." + name)
                .collect(joining(", "));
        return """
                WITH n AS (%s), w AS (
                    INSERT INTO %s AS t (%s, created_at, updated_at)
                    SELECT %s, a."Now", a."Now" FROM n, (SELECT ?::timestamptz) AS a ("Now")
                    ON CONFLICT (%s) DO %s
                    RETURNING t.%s, t.xmax = 0 AS "Created"
                ), o AS (
                    INSERT INTO import_outcomes (import, row_number, outcome)
                    SELECT n."Import", n."Row", (CASE WHEN w."Created" THEN 'created'
                        WHEN w.%s IS NULL THEN 'unchanged' ELSE 'updated' END)::import_outcome
                    FROM n LEFT JOIN w ON w.%s = n.%s WHERE n."Import" IS NOT NULL
                    ON CONFLICT (import, row_number) DO NOTHING
                    RETURNING import, outcome
                )
                """.formatted(
                                rows(),
                                KindTable.name(kind),
                                names(""),
                                names("n."),
                                key(),
                                writtenColumns().findAny().isEmpty()
                                        ? "NOTHING"
                                        : "UPDATE SET " + assignments + " WHERE " + differs("t.", "excluded."),
                                key(),
                                key(),
                                key(),
                                key())
                + OutcomeTable.COUNT;
    }

    private String compared() {
        return """
                WITH n AS (%s), o AS (
                    INSERT INTO import_outcomes (import, row_number, outcome)
                    SELECT n."Import", n."Row", (CASE WHEN t.%s IS NULL THEN 'created'
                        WHEN %s THEN 'updated' ELSE 'unchanged' END)::import_outcome
                    FROM n LEFT JOIN %s t ON t.%s = n.%s
                    ON CONFLICT (import, row_number) DO NOTHING
                    RETURNING import, outcome
                )
                """.formatted(
                                rows(),
                                key(),
                                writtenColumns().findAny().isEmpty() ? "false" : differs("t.", "n."),
                                KindTable.name(kind),
                                key(),
                                key())
                + OutcomeTable.COUNT;
    }

    /** The look for an outcome is a scalar, and so always goes by the index, whatever the planner thinks of the table. */
    private String rows() {
        var texts = Stream.concat(columns.stream().map(Field::name), extra ? Stream.of(ImportKind.EXTRA) : Stream.of())
                .toList();
        return """
                SELECT n."Import", n."Row", n.%s%s%s
                FROM unnest(?::integer[], ?::integer[], ?::text[]%s) AS n ("Import", "Row", %s%s)
                WHERE (SELECT 1 FROM import_outcomes o WHERE o.import = n."Import" AND o.row_number = n."Row") IS NULL
                """.formatted(
                        key(),
                        columns.stream()
                                .map(field -> ", n.%1$s::%2$s AS %1$s"
                                        .formatted(quoted(field.name()), KindTable.type(field.type())))
                                .collect(joining()),
                        extra ? ", " + merged() : "",
                        ", ?::text[]".repeat(texts.size()),
                        key(),
                        texts.stream().map(name -> ", " + quoted(name)).collect(joining()));
    }

    /** What is there and what is new; read before it is written, for {@code excluded} cannot say what goes. */
    private String merged() {
        return """
                nullif(jsonb_strip_nulls(coalesce((SELECT e.extra FROM %s e WHERE e.%s = n.%s), '{}')
                    || n.extra::jsonb), '{}') AS extra""".formatted(KindTable.name(kind), key(), key());
    }

    private String differs(String left, String right) {
        return "(%s) IS DISTINCT FROM (%s)"
                .formatted(
                        writtenColumns().map(left::concat).collect(joining(", ")),
                        writtenColumns().map(right::concat).collect(joining(", ")));
    }

    private String names(String prefix) {
        return Stream.concat(Stream.of(key()), writtenColumns())
                .map(prefix::concat)
                .collect(joining(", "));
    }

    private Stream<String> writtenColumns() {
        return Stream.concat(
                columns.stream().map(Field::name).map(RowStatement::quoted),
                extra ? Stream.of(ImportKind.EXTRA) : Stream.of());
    }

    private String key() {
        return quoted(kind.key().name());
    }

    static String quoted(String identifier) {
        return '"' + identifier + '"';
    }
}
