package io.sluice.stores.imports;

import io.sluice.stores.imports.ImportLedger.Counts;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The counts of an import, summed over the transactions that added to them. */
final class ImportCounts {
    /** The import's number is to be put in. */
    static final String OF = """
            SELECT (SELECT rows_total FROM import_ends WHERE import = %1$s) AS total,
                coalesce(sum(rows_created), 0) AS created, coalesce(sum(rows_updated), 0) AS updated,
                coalesce(sum(rows_unchanged), 0) AS unchanged, coalesce(sum(rows_rejected), 0) AS rejected,
                coalesce(sum(rows_canceled), 0) AS canceled_rows
            FROM import_counts WHERE import = %1$s""";

    private ImportCounts() {}

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
