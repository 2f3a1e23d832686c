package io.sluice.gateway.imports;

import io.sluice.schemas.job.Job;
import io.sluice.stores.imports.ImportLedger.Counts;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fast an import goes.
 *
 * @param rowsPerSecond null until rows have an outcome
 * @param etaSeconds null unless it is under way, and the number of its rows known
 */
record ImportPace(@Nullable Double rowsPerSecond, @Nullable Long etaSeconds) {
    private static final ImportPace UNKNOWN = new ImportPace(null, null);
    private static final double MILLIS = 1_000;

    /** The stage that begins with the first rows that are written. */
    private static final String WRITTEN = "written";

    /** {@return the pace since the stage before the first rows were written} */
    static ImportPace of(Job job, Counts counts) {
        if (counts.done() == 0) {
            return UNKNOWN;
        }
        var took = Math.max(1, Duration.between(begin(job), job.updatedAt()).toMillis());
        var rate = counts.done() * MILLIS / took;
        var total = counts.total();
        return new ImportPace(
                Math.round(rate * 10) / 10.0,
                total == null || job.status().isTerminal() ? null : (long) Math.ceil((total - counts.done()) / rate));
    }

    private static Instant begin(Job job) {
        var begin = job.createdAt();
        for (var stage : job.stages()) {
            if (stage.stage().equals(WRITTEN)) {
                return begin;
            }
            begin = stage.at();
        }
        return job.createdAt();
    }
}
