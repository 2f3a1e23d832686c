package io.sluice.stores.imports;

import io.sluice.imports.kind.ImportKind;
import io.sluice.runtime.Dependency;
import io.sluice.schemas.imports.ImportRow;
import java.util.List;
import java.util.Map;

/** The tables that rows are imported into, and what became of each row. */
public interface RowStore extends Dependency {
    /**
     * Makes the kind's table, or adds the columns it lacks.
     *
     * @throws IllegalStateException when there is a table of that name that cannot hold its rows; the message says why
     */
    void prepare(ImportKind kind);

    /** {@return those of these rows that have no outcome yet, in their order; a row that is part of no import never has one} */
    List<Row> withoutOutcome(List<Row> rows);

    /**
     * Writes what one poll brought in one transaction: rows into their tables, and for each row that is part of an import
     * its outcome, unless it has one. A row with an outcome is not written again. Of rows with one key the last stands,
     * and each has its own outcome. Rows of a canceled import are not written, and their outcome is that they are canceled,
     * whatever the batch says of them. Of imports that nobody opened nothing is written.
     *
     * <p>A batch with a row that the database refuses fails as a whole, and nothing of it is written; when it is that row
     * alone, and part of an import, the row is rejected instead.
     */
    void write(Batch batch);

    /**
     * What is to be written.
     *
     * @param rows for the tables of their kinds, in the order of the topic
     * @param results of rows that are not for a table, or are wrong by their kind
     * @param rejections that come as such
     */
    record Batch(
            List<Row> rows, List<RowResult> results, List<ImportRow.Rejection> rejections, List<ImportRow.End> ends) {
        public Batch {
            rows = List.copyOf(rows);
            results = List.copyOf(results);
            rejections = List.copyOf(rejections);
            ends = List.copyOf(ends);
        }

        /** {@return a batch of results alone} */
        public static Batch of(List<RowResult> results) {
            return new Batch(List.of(), results, List.of(), List.of());
        }

        /** {@return whether there is nothing to write} */
        public boolean isEmpty() {
            return rows.isEmpty() && results.isEmpty() && rejections.isEmpty() && ends.isEmpty();
        }
    }

    /** A row, checked and under its natural key. */
    record Row(ImportKind kind, String key, ImportRow.Data data) {}

    /**
     * What became of a row of an import that is not written to a table.
     *
     * @param fields of a rejected row, by field name; its outcome has them by the header of the file
     * @param reasons why it is rejected
     */
    record RowResult(
            String importId,
            int rowNumber,
            RowOutcome outcome,
            Map<String, String> fields,
            List<ImportRow.Reason> reasons) {
        /** {@return the result of a row that is not rejected} */
        public static RowResult of(String importId, int rowNumber, RowOutcome outcome) {
            return new RowResult(importId, rowNumber, outcome, Map.of(), List.of());
        }

        /** {@return the result of a row that is rejected} */
        public static RowResult rejected(
                String importId, int rowNumber, Map<String, String> fields, List<ImportRow.Reason> reasons) {
            return new RowResult(importId, rowNumber, RowOutcome.REJECTED, fields, reasons);
        }
    }

    /** What became of a row. */
    enum RowOutcome {
        /** Nobody knew its key. */
        CREATED,
        /** Something in it was different. */
        UPDATED,
        /** It was there, just so. */
        UNCHANGED,
        /** It is wrong, or the database refused it. */
        REJECTED,
        /** Its import was canceled before it was written. */
        CANCELED,
    }
}
