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

    /**
     * Writes what one poll brought in one transaction: rows into their tables, and for each row that is part of an import
     * its outcome, unless it has one. A row with an outcome is not written again. Of rows with one key the last stands,
     * and each has its own outcome. Rows of a canceled import are not written.
     *
     * <p>A batch with a row that the database refuses fails as a whole, and nothing of it is written; when it is that row
     * alone, and part of an import, the row is rejected instead.
     *
     * @return how each import stands that the batch speaks of, after the commit; those that nobody opened are not among
     *     them, and nothing of theirs is written
     */
    Map<String, Standing> write(Batch batch);

    /**
     * What is to be written.
     *
     * @param rows in the order of the topic
     * @param refused of imports, wrong by their kind
     * @param rejections that come as such
     * @param forwarder for those whose kind has no table
     */
    record Batch(
            List<Row> rows,
            List<Refused> refused,
            List<ImportRow.Rejection> rejections,
            List<ImportRow.End> ends,
            RowForwarder forwarder) {
        public Batch {
            rows = List.copyOf(rows);
            refused = List.copyOf(refused);
            rejections = List.copyOf(rejections);
            ends = List.copyOf(ends);
        }
    }

    /** A row, checked and under its natural key. */
    record Row(ImportKind kind, String key, ImportRow.Data data) {}

    /**
     * A row of an import that is not to be written.
     *
     * @param fields by field name; the outcome has them by the header of the file
     */
    record Refused(String importId, int rowNumber, Map<String, String> fields, List<ImportRow.Reason> reasons) {}

    /** Takes rows elsewhere than into a table. */
    interface RowForwarder {
        /**
         * Passes rows on that have no outcome yet, while their import cannot be canceled; returns when that is durable.
         *
         * @param dryRun whether to say what would become of them, and pass nothing on
         * @return what became of each, in their order
         */
        List<RowOutcome> forward(List<Row> rows, boolean dryRun);
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

    /**
     * How an import stands.
     *
     * @param jobId the job that follows it
     */
    record Standing(String jobId, ImportLedger.Counts counts, boolean canceled) {
        /** {@return whether every row has its outcome, and nobody canceled it before} */
        public boolean isComplete() {
            return !canceled && counts.total() != null && counts.done() == counts.total();
        }
    }
}
