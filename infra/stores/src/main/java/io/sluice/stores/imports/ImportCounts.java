package io.sluice.stores.imports;

import io.sluice.stores.imports.ImportLedger.Counts;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Counts how many rows of an import were created, updated, left unchanged, rejected and canceled. The transaction that
 * inserts outcomes also inserts one row into {@code import_counts} with how many of each it inserted. The counts of an
 * import are the sum of its rows there. So no writer waits for another, and a row that is delivered again adds nothing.
 */
final class ImportCounts {
    /**
     * Counts the outcomes that a statement inserted. Must follow a common table expression {@code o (import, outcome)}
     * that returns them.
     */
    static final String ADD = """
            INSERT INTO import_counts
                (import, rows_created, rows_updated, rows_unchanged, rows_rejected, rows_canceled)
            SELECT import, count(*) FILTER (WHERE outcome = 'created'), count(*) FILTER (WHERE outcome = 'updated'),
                count(*) FILTER (WHERE outcome = 'unchanged'), count(*) FILTER (WHERE outcome = 'rejected'),
                count(*) FILTER (WHERE outcome = 'canceled')
            FROM o GROUP BY import""";

    private static final String SUM = """
            SELECT (SELECT rows_total FROM import_ends WHERE import = %1$s) AS total,
                coalesce(sum(rows_created), 0) AS created, coalesce(sum(rows_updated), 0) AS updated,
                coalesce(sum(rows_unchanged), 0) AS unchanged, coalesce(sum(rows_rejected), 0) AS rejected,
                coalesce(sum(rows_canceled), 0) AS canceled_rows
            FROM import_counts WHERE import = %1$s""";

    private ImportCounts() {}

    /** {@return the query that sums the counts of one import} */
    static String sumOf(String number) {
        return SUM.formatted(number);
    }

    /** {@return the counts in a row of that query} */
    static Counts read(ResultSet row) throws SQLException {
        var total = row.getLong("total");
        return new Counts(
                row.wasNull() ? null : total,
                row.getLong("created"),
                row.getLong("updated"),
                row.getLong("unchanged"),
                row.getLong("rejected"),
                row.getLong("canceled_rows"));
    }
}
