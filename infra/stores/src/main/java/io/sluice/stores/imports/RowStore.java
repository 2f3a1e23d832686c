package io.sluice.stores.imports;

import io.sluice.imports.kind.ImportKind;
import io.sluice.runtime.Dependency;
import io.sluice.schemas.imports.ImportRow;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The tables that rows are imported into, and the outcome of each row. */
public interface RowStore extends Dependency {
    /**
     * Creates the table of a kind, or adds the columns it lacks.
     *
     * @throws IllegalStateException when a table of that name exists and cannot hold the rows; the message says why
     */
    void prepare(ImportKind kind);

    /**
     * Moves the rows of tables that an earlier version has filled to the keys that are derived from their names now,
     * once for each table. A table that cannot be moved stays as it is, and a log line says why.
     *
     * @param prepared every kind that has a table
     */
    void moveKeys(Collection<ImportKind> prepared);

    /**
     * Returns those of these rows that have no outcome yet, in their order. A row that belongs to no import never has
     * one.
     */
    List<Row> withoutOutcome(List<Row> rows);

    /**
     * Writes one batch in one transaction: rows into their tables, and an outcome for each row that belongs to an
     * import and has none yet. A row with an outcome is not written again. If several rows have the same key, the last
     * one wins, and each has its own outcome. Rows of a canceled import are not written; their outcome is
     * {@code CANCELED}, whatever the batch says. Nothing is written for an import that the ledger does not know.
     *
     * <p>If the database refuses a row, the whole batch fails and nothing is written. If the batch is only that row,
     * and it belongs to an import, the row is rejected instead.
     */
    void write(Batch batch);

    /**
     * What to write.
     *
     * @param rows rows for the tables of their kinds, in the order of the topic
     * @param results outcomes of rows that are not written to a table, or that break the rules of their kind
     * @param rejections rows that were rejected before they came to the topic
     * @param ends row counts of files that were read to their end
     */
    record Batch(
            List<Row> rows, List<RowResult> results, List<ImportRow.Rejection> rejections, List<ImportRow.End> ends) {
        public Batch {
            rows = List.copyOf(rows);
            results = List.copyOf(results);
            rejections = List.copyOf(rejections);
            ends = List.copyOf(ends);
        }

        /** {@return a batch of results only} */
        public static Batch of(List<RowResult> results) {
            return new Batch(List.of(), results, List.of(), List.of());
        }

        /** {@return whether there is nothing to write} */
        public boolean isEmpty() {
            return rows.isEmpty() && results.isEmpty() && rejections.isEmpty() && ends.isEmpty();
        }
    }

    /** A checked row with its natural key. */
    record Row(ImportKind kind, String key, ImportRow.Data data) {}

    /**
     * The outcome of a row of an import that is not written to a table.
     *
     * @param fields values of a rejected row, by field name; they are stored by header
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

    /** What happened to a row. */
    enum RowOutcome {
        /** Its key was new. */
        CREATED,
        /** Its key existed, with another value in some field. */
        UPDATED,
        /** Its key existed, with the same values. */
        UNCHANGED,
        /** The row is wrong, or the database refused it. */
        REJECTED,
        /** Its import was canceled before it was written. */
        CANCELED,
    }
}
