package io.sluice.stores.imports;

import io.sluice.kinds.ImportKind;
import io.sluice.runtime.Dependency;
import io.sluice.schemas.imports.ImportRow;
import java.util.List;
import java.util.Map;

/** The tables that rows are imported into, and what became of each row. */
public interface RowStore extends Dependency {
    /** Makes the kind's table, or adds the columns it lacks. */
    void prepare(ImportKind kind);

    /**
     * Writes what one poll brought in one transaction: rows into their tables, and for each row that is part of an import
     * its outcome, unless it has one. A row with an outcome is not written again. Of rows with one key the last stands.
     *
     * @param rows in the order of the topic; those of a products import are not among them
     * @param ends of imports, and {@code rejections}: recorded with the rows
     * @return the counts of every import that was touched, after the commit
     */
    Map<String, ImportLedger.Counts> write(
            List<Row> rows, List<ImportRow.Rejection> rejections, List<ImportRow.End> ends);

    /** A row, checked and under its natural key. */
    record Row(ImportKind kind, String key, ImportRow.Data data) {}
}
