package io.sluice.gateway.imports.status;

import static java.util.stream.Collectors.joining;

import io.sluice.schemas.imports.ImportRow.Reason;
import io.sluice.stores.imports.ImportLedger.Known;
import io.sluice.stores.imports.ImportLedger.Rejected;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the rejected rows of an import from the ledger. */
@Singleton
final class RejectedRows {
    /** Few, because a row may have 150,000 characters, and a page is in memory as rows, as text and as bytes. */
    private static final int ROWS_A_PAGE = 50;

    private final ImportLookup imports;

    RejectedRows(ImportLookup imports) {
        this.imports = imports;
    }

    /**
     * Rejected rows, in the order of the file.
     *
     * @param next send it as {@code after} to get the next page; left out on the last page
     */
    @Schema(name = "ImportErrors.Page")
    record Page(String importId, List<Row> errors, @Nullable Integer next) {}

    /**
     * A rejected row.
     *
     * @param rowNumber as a spreadsheet program counts rows: a header in the first row is row 1
     * @param error all reasons as one text, for people
     * @param reasons the reasons, one for each field
     * @param cells the cells as in the file, by header
     */
    @Schema(name = "ImportErrors.Row")
    record Row(int rowNumber, String error, List<Reason> reasons, Map<String, String> cells) {
        static Row of(Rejected row) {
            return new Row(row.rowNumber(), reasonText(row), row.reasons(), row.cells());
        }
    }

    /** {@return one page; empty while the importer has not checked any row} */
    Page page(String importId, int after, int limit) {
        var _ = known(importId);
        var rows = imports.queryLedger(ledger -> ledger.rejected(importId, after, limit));
        var next = rows.size() < limit ? null : rows.getLast().rowNumber();
        return new Page(importId, rows.stream().map(Row::of).toList(), next);
    }

    /**
     * Returns all rejected rows as a CSV file that the caller can correct and send again. The rows are read from the
     * ledger while the stream is read.
     */
    InputStream csv(String importId) {
        var header = known(importId).map(Known::header).orElse(null);
        return new RejectedRowsCsv(
                header,
                after -> imports.queryLedger(ledger -> ledger.rejected(importId, after, ROWS_A_PAGE)),
                ROWS_A_PAGE);
    }

    private Optional<Known> known(String importId) {
        var known = imports.find(importId);
        if (known.isEmpty() && imports.job(importId).isEmpty()) {
            throw ImportLookup.notFound();
        }
        return known;
    }

    /** {@return all reasons of a row as one text, each with its field} */
    static String reasonText(Rejected row) {
        return row.reasons().stream().map(Reason::sentence).collect(joining("; "));
    }
}
