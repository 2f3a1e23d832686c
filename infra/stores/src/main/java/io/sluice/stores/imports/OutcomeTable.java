package io.sluice.stores.imports;

import io.sluice.schemas.imports.ImportRow.Reason;
import io.sluice.stores.imports.RowStore.Row;
import io.sluice.stores.imports.RowStore.RowOutcome;
import io.sluice.stores.postgres.ArrayParameters;
import io.sluice.stores.postgres.JsonColumns;
import io.sluice.stores.postgres.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What became of rows, and how many there are: the tables {@code import_outcomes, import_counts, import_ends}. */
final class OutcomeTable {
    /** After {@code o}, a common table expression of the outcomes that were inserted: so only those are counted. */
    static final String COUNT = """
            INSERT INTO import_counts
                (import, rows_created, rows_updated, rows_unchanged, rows_rejected, rows_canceled)
            SELECT import, count(*) FILTER (WHERE outcome = 'created'), count(*) FILTER (WHERE outcome = 'updated'),
                count(*) FILTER (WHERE outcome = 'unchanged'), count(*) FILTER (WHERE outcome = 'rejected'),
                count(*) FILTER (WHERE outcome = 'canceled')
            FROM o GROUP BY import""";

    private static final String SETTLE = """
            WITH o AS (
                INSERT INTO import_outcomes (import, row_number, outcome, cells, reasons)
                SELECT import, row_number, outcome, cells, reasons
                FROM unnest(?::integer[], ?::integer[], ?::import_outcome[], ?::jsonb[], ?::jsonb[])
                    AS n (import, row_number, outcome, cells, reasons)
                ON CONFLICT (import, row_number) DO NOTHING
                RETURNING import, outcome)
            """ + COUNT;

    private static final String END = """
            INSERT INTO import_ends (import, rows_total) SELECT * FROM unnest(?::integer[], ?::integer[])
            ON CONFLICT (import) DO NOTHING""";

    private static final String SETTLED = """
            SELECT n.place FROM unnest(?::text[], ?::integer[]) WITH ORDINALITY AS n (import_id, row_number, place)
            WHERE EXISTS (SELECT FROM import_outcomes o JOIN imports i ON i.number = o.import
                WHERE i.import_id = n.import_id AND o.row_number = n.row_number)""";

    /** Some pages, for which the table has to grow, of an import that does not exist: their numbers begin with 1. */
    private static final String TRY = "INSERT INTO import_counts SELECT 0, 0, 0, 0, 0, 0 FROM generate_series(1, 500)";

    private OutcomeTable() {}

    /**
     * The outcome of a row.
     *
     * @param cells of a rejected row, by header
     * @param reasons why it is rejected
     */
    record Settled(
            int number,
            int rowNumber,
            RowOutcome outcome,
            @Nullable Map<String, String> cells,
            @Nullable List<Reason> reasons) {
        /** The outcome of a row that is not rejected. */
        Settled(int number, int rowNumber, RowOutcome outcome) {
            this(number, rowNumber, outcome, null, null);
        }
    }

    /** @param number of the import */
    record End(int number, int rowsTotal) {}

    /** Writes something that has to be rolled back; fails when nothing can be written. */
    static int tryToWrite(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setQueryTimeout((int) Postgres.PROBE.toSeconds());
            return statement.executeUpdate(TRY);
        }
    }

    /** Notes outcomes, of rows that have none. */
    static void settle(Connection connection, List<Settled> settled) throws SQLException {
        if (settled.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(SETTLE)) {
            var arrays = new ArrayParameters<>(statement, settled);
            arrays.integers(1, Settled::number);
            arrays.integers(2, Settled::rowNumber);
            arrays.texts(3, each -> each.outcome().name().toLowerCase(Locale.ROOT));
            arrays.texts(4, each -> each.cells() == null ? null : JsonColumns.writeHoldable(each.cells()));
            arrays.texts(5, each -> each.reasons() == null ? null : JsonColumns.writeHoldable(each.reasons()));
            statement.executeUpdate();
        }
    }

    /** Notes how many rows imports have. */
    static void end(Connection connection, List<End> ends) throws SQLException {
        if (ends.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(END)) {
            var arrays = new ArrayParameters<>(statement, ends);
            arrays.integers(1, End::number);
            arrays.integers(2, End::rowsTotal);
            statement.executeUpdate();
        }
    }

    /** {@return which of these rows have no outcome yet} */
    static List<Row> unsettled(Connection connection, List<Row> rows) throws SQLException {
        var settled = new BitSet();
        try (var statement = connection.prepareStatement(SETTLED)) {
            var arrays = new ArrayParameters<>(statement, rows);
            arrays.texts(1, row -> row.data().importId());
            arrays.integers(2, row -> row.data().rowNumber());
            try (var found = statement.executeQuery()) {
                while (found.next()) {
                    settled.set(found.getInt(1) - 1);
                }
            }
        }
        return IntStream.range(0, rows.size())
                .filter(i -> !settled.get(i))
                .mapToObj(rows::get)
                .toList();
    }
}
