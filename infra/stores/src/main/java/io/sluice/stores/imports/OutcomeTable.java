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

/**
 * The outcome of each row, and how many rows each file has: the tables {@code import_outcomes} and {@code import_ends}.
 */
final class OutcomeTable {
    private static final String INSERT = """
            WITH o AS (
                INSERT INTO import_outcomes (import, row_number, outcome, cells, reasons)
                SELECT import, row_number, outcome, cells, reasons
                FROM unnest(?::integer[], ?::integer[], ?::import_outcome[], ?::jsonb[], ?::jsonb[])
                    AS n (import, row_number, outcome, cells, reasons)
                ON CONFLICT (import, row_number) DO NOTHING
                RETURNING import, outcome)
            """ + ImportCounts.ADD;

    private static final String INSERT_TOTALS = """
            INSERT INTO import_ends (import, rows_total) SELECT * FROM unnest(?::integer[], ?::integer[])
            ON CONFLICT (import) DO NOTHING""";

    private static final String WITH_OUTCOME = """
            SELECT n.place FROM unnest(?::text[], ?::integer[]) WITH ORDINALITY AS n (import_id, row_number, place)
            WHERE EXISTS (SELECT FROM import_outcomes o JOIN imports i ON i.number = o.import
                WHERE i.import_id = n.import_id AND o.row_number = n.row_number)""";

    /**
     * Inserts so many rows that the table has to grow. They belong to import 0, which does not exist: numbers begin
     * with 1.
     */
    private static final String TRY = "INSERT INTO import_counts SELECT 0, 0, 0, 0, 0, 0 FROM generate_series(1, 500)";

    private OutcomeTable() {}

    /**
     * The outcome of a row, as it is stored.
     *
     * @param number number of the import
     * @param cells values of a rejected row, by header
     * @param reasons why the row is rejected
     */
    record RecordedOutcome(
            int number,
            int rowNumber,
            RowOutcome outcome,
            @Nullable Map<String, String> cells,
            @Nullable List<Reason> reasons) {
        /** The outcome of a row that is not rejected. */
        RecordedOutcome(int number, int rowNumber, RowOutcome outcome) {
            this(number, rowNumber, outcome, null, null);
        }
    }

    /**
     * How many rows a file has.
     *
     * @param number number of the import
     */
    record RowsTotal(int number, int rowsTotal) {}

    /** Writes something that the caller must roll back. Fails when Postgres cannot write. */
    static int tryToWrite(Connection connection) throws SQLException {
        return Postgres.tryToWrite(connection, TRY);
    }

    /** Inserts outcomes and counts them. A row that already has an outcome keeps it. */
    static void insert(Connection connection, List<RecordedOutcome> outcomes) throws SQLException {
        if (outcomes.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(INSERT)) {
            var arrays = new ArrayParameters<>(statement, outcomes);
            arrays.integers(1, RecordedOutcome::number);
            arrays.integers(2, RecordedOutcome::rowNumber);
            arrays.texts(3, each -> each.outcome().name().toLowerCase(Locale.ROOT));
            arrays.texts(4, each -> each.cells() == null ? null : JsonColumns.writeStorable(each.cells()));
            arrays.texts(5, each -> each.reasons() == null ? null : JsonColumns.writeStorable(each.reasons()));
            statement.executeUpdate();
        }
    }

    /** Inserts how many rows files have. */
    static void insertTotals(Connection connection, List<RowsTotal> totals) throws SQLException {
        if (totals.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(INSERT_TOTALS)) {
            var arrays = new ArrayParameters<>(statement, totals);
            arrays.integers(1, RowsTotal::number);
            arrays.integers(2, RowsTotal::rowsTotal);
            statement.executeUpdate();
        }
    }

    /** {@return those of these rows that have no outcome yet} */
    static List<Row> withoutOutcome(Connection connection, List<Row> rows) throws SQLException {
        var found = new BitSet();
        try (var statement = connection.prepareStatement(WITH_OUTCOME)) {
            var arrays = new ArrayParameters<>(statement, rows);
            arrays.texts(1, row -> row.data().importId());
            arrays.integers(2, row -> row.data().rowNumber());
            try (var places = statement.executeQuery()) {
                while (places.next()) {
                    found.set(places.getInt(1) - 1);
                }
            }
        }
        return IntStream.range(0, rows.size())
                .filter(i -> !found.get(i))
                .mapToObj(rows::get)
                .toList();
    }
}
