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

/** The rows of an import that were rejected, and why. */
@Singleton
final class RejectedRows {
    /** A row may have 150,000 characters, and a page is held as rows, as text and as bytes. */
    private static final int ROWS_A_PAGE = 50;

    private final ImportLookup imports;

    RejectedRows(ImportLookup imports) {
        this.imports = imports;
    }

    /**
     * Rejected rows, in the order of the file.
     *
     * @param next what to ask for to get those after; left out at the end
     */
    @Schema(name = "ImportErrors.Page")
    record Page(String importId, List<Row> errors, @Nullable Integer next) {}

    /**
     * A rejected row.
     *
     * @param rowNumber as a spreadsheet program shows it: a header on the first row is row 1
     * @param error every reason, for people
     * @param reasons the same, one a field
     * @param cells as they are in the file, by header
     */
    @Schema(name = "ImportErrors.Row")
    record Row(int rowNumber, String error, List<Reason> reasons, Map<String, String> cells) {
        static Row of(Rejected row) {
            return new Row(row.rowNumber(), words(row), row.reasons(), row.cells());
        }
    }

    /** {@return one page; an empty one while nothing is known of the rows} */
    Page page(String importId, int after, int limit) {
        var _ = known(importId);
        var rows = imports.asked(ledger -> ledger.rejected(importId, after, limit));
        var next = rows.size() < limit ? null : rows.getLast().rowNumber();
        return new Page(importId, rows.stream().map(Row::of).toList(), next);
    }

    /** {@return the same as a file that can be mended and sent again, made as it is read} */
    InputStream csv(String importId) {
        var header = known(importId).map(Known::header).orElse(null);
        return new RejectedRowsCsv(
                header, after -> imports.asked(ledger -> ledger.rejected(importId, after, ROWS_A_PAGE)), ROWS_A_PAGE);
    }

    private Optional<Known> known(String importId) {
        var known = imports.find(importId);
        if (known.isEmpty() && imports.job(importId).isEmpty()) {
            throw ImportLookup.notFound();
        }
        return known;
    }

    /** {@return the reasons as one sentence after the other, each with its field} */
    static String words(Rejected row) {
        return row.reasons().stream().map(Reason::sentence).collect(joining("; "));
    }
}
