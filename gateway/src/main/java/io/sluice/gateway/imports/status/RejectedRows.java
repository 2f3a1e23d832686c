package io.sluice.gateway.imports.status;

import io.sluice.gateway.imports.rejected.ErrorsFile;
import io.sluice.gateway.imports.rejected.ErrorsFile.Rows;
import io.sluice.schemas.imports.ImportFacts;
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

    /** How the importer names this delimiter. */
    private static final String TAB = "tab";

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
            return new Row(row.rowNumber(), Reason.sentences(row.reasons()), row.reasons(), row.cells());
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
     * Returns all rejected rows as a CSV file that the caller can correct and send again, with the delimiter of the
     * imported file while its job is kept. The rows are read from the ledger while the stream is read.
     */
    InputStream csv(String importId) {
        var delimiter = imports.job(importId)
                .map(job -> job.facts().getOrDefault(ImportFacts.DELIMITER, ","))
                .orElse(",");
        return ErrorsFile.csv(rows(importId), delimiter.equals(TAB) ? '\t' : delimiter.charAt(0));
    }

    /** Returns all rejected rows as a workbook, in the same way. */
    InputStream xlsx(String importId) {
        return ErrorsFile.xlsx(rows(importId));
    }

    private Rows rows(String importId) {
        var known = known(importId);
        return new Rows(
                known.map(Known::header).orElse(null),
                known.map(Known::fields).orElse(Map.of()),
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
}
