package io.sluice.stores.imports;

import io.sluice.runtime.Dependency;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.imports.ImportRow.Reason;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The record of all imports. {@link RowStore} writes the rows themselves, and the outcome of each. */
public interface ImportLedger extends Dependency {
    /** Records an import, before any of its rows is passed on. Does nothing when the import is known already. */
    void open(ImportRequested request);

    /**
     * Records the columns of the file. The report of rejected rows names columns by them.
     *
     * @param header the header row of the file, in its order
     * @param fields the field that each column became, by header; other columns are stored with the row under their own
     *     name
     */
    void describe(String importId, List<String> header, Map<String, String> fields);

    /** {@return the import, if it is known} */
    Optional<Known> find(String importId);

    /** {@return the known ones of these imports, by id} */
    Map<String, Known> find(Collection<String> importIds);

    /**
     * {@return the latest imports, newest first}
     *
     * @param before only imports opened before this time; null for all
     */
    List<Known> list(int limit, @Nullable Instant before);

    /**
     * Cancels an import, also one that is not known yet: from now on none of its rows is written. Waits for batches
     * that are being written. Does not wait for rows that are on their way to another topic: one batch of them may
     * still arrive there and count as canceled. An import that is complete stays as it is.
     *
     * @return the import, canceled or complete; of its counts, only that of canceled rows can still change
     */
    Known cancel(ImportRequested request);

    /**
     * {@return rejected rows, in the order of the file}
     *
     * @param after only rows after this row number; 0 for all
     */
    List<Rejected> rejected(String importId, int after, int limit);

    /**
     * A known import.
     *
     * @param header null until the importer has read it
     * @param fields the field that each column became, by header
     * @param openedAt when the ledger recorded it
     * @param canceled whether it was canceled before its last row was written
     */
    record Known(
            ImportRequested request,
            @Nullable List<String> header,
            Map<String, String> fields,
            Counts counts,
            Instant openedAt,
            boolean canceled) {
        /** {@return this import, canceled} */
        public Known asCanceled() {
            return new Known(request, header, fields, counts, openedAt, true);
        }

        /** {@return whether every row has its outcome, and the import was not canceled before} */
        public boolean isComplete() {
            return !canceled && counts.total() != null && counts.done() == counts.total();
        }
    }

    /**
     * How many rows of an import have each outcome so far.
     *
     * @param total null until the end of the file has been read
     */
    record Counts(@Nullable Long total, long created, long updated, long unchanged, long rejected, long canceled) {
        /** Returns the counts of a job, which does not report canceled rows. */
        public static Counts of(Map<String, Long> byName) {
            return new Counts(
                    byName.get("rows_total"),
                    byName.getOrDefault("rows_created", 0L),
                    byName.getOrDefault("rows_updated", 0L),
                    byName.getOrDefault("rows_unchanged", 0L),
                    byName.getOrDefault("rows_rejected", 0L),
                    0);
        }

        /** {@return how many rows have an outcome} */
        public long done() {
            return created + updated + unchanged + rejected + canceled;
        }

        /** {@return the counts by the names that jobs use, without canceled rows} */
        public Map<String, Long> byName() {
            var counts = new java.util.TreeMap<String, Long>(Map.of(
                    "rows_created", created,
                    "rows_updated", updated,
                    "rows_unchanged", unchanged,
                    "rows_rejected", rejected));
            if (total != null) {
                counts.put("rows_total", total);
            }
            return counts;
        }
    }

    /**
     * A rejected row.
     *
     * @param cells its values, by header
     */
    record Rejected(int rowNumber, Map<String, String> cells, List<Reason> reasons) {}
}
