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

/** What is known about imports. The rows themselves, and what became of each, are written through {@link RowStore}. */
public interface ImportLedger extends Dependency {
    /** Takes an import in before any of its rows is passed on; does nothing when it is known. */
    void open(ImportRequested request);

    /**
     * Notes what is in the file's columns, which names the columns of its errors.
     *
     * @param header the file's own, in its order
     * @param fields which field each column became, by header; the others are kept with the row under their own name
     */
    void describe(String importId, List<String> header, Map<String, String> fields);

    /** {@return the import, as it is known here} */
    Optional<Known> find(String importId);

    /** {@return those of these imports that are known, by id} */
    Map<String, Known> find(Collection<String> importIds);

    /** {@return the latest imports, newest first; of those older than {@code before} when it is given} */
    List<Known> list(int limit, @Nullable Instant before);

    /**
     * Cancels an import, known or not yet: of its rows none is written from here on. Waits for what is being written, but
     * not for rows on their way to another topic: one batch of them may arrive there and count as canceled. An import that
     * is complete stays as it is.
     *
     * @return what it came to, canceled or complete; its counts do not change any more, but for those canceled
     */
    Known cancel(ImportRequested request);

    /**
     * {@return rejected rows, in the order of the file}
     *
     * @param after only those behind this row; 0 for all
     */
    List<Rejected> rejected(String importId, int after, int limit);

    /**
     * An import.
     *
     * @param header null until the file has been looked at
     * @param fields which field each column became, by header
     * @param openedAt when it was taken in here
     * @param canceled whether somebody canceled it before its last row was written
     */
    record Known(
            ImportRequested request,
            @Nullable List<String> header,
            Map<String, String> fields,
            Counts counts,
            Instant openedAt,
            boolean canceled) {
        /** {@return the same import, canceled} */
        public Known asCanceled() {
            return new Known(request, header, fields, counts, openedAt, true);
        }

        /** {@return whether every row has its outcome, and nobody canceled it before} */
        public boolean isComplete() {
            return !canceled && counts.total() != null && counts.done() == counts.total();
        }
    }

    /**
     * What became of an import's rows so far.
     *
     * @param total null until the end of the file has been read
     */
    record Counts(@Nullable Long total, long created, long updated, long unchanged, long rejected, long canceled) {
        /** {@return the counts of a job}, which does not tell those canceled. */
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

        /** {@return the counts as jobs have them} */
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
     * A row that was rejected.
     *
     * @param cells by header
     */
    record Rejected(int rowNumber, Map<String, String> cells, List<Reason> reasons) {}
}
