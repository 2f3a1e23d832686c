package io.sluice.gateway.imports;

import io.sluice.schemas.job.Job;
import io.sluice.stores.imports.ImportLedger.Counts;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The speed of an import, and the time that it still needs.
 *
 * @param rowsPerSecond null until rows have an outcome
 * @param etaSeconds seconds until the import ends; null unless it is running, rows have an outcome, and the number of
 *     rows is known
 */
record ImportPace(@Nullable Double rowsPerSecond, @Nullable Long etaSeconds) {
    private static final ImportPace UNKNOWN = new ImportPace(null, null);
    private static final double MILLIS = 1_000;

    /** The stage that an import reaches when its first rows are written. */
    private static final String WRITTEN = "written";

    /** {@return the speed, measured from the stage before {@code written}} */
    static ImportPace of(Job job, Counts counts) {
        if (counts.done() == 0) {
            return UNKNOWN;
        }
        var millis = Math.max(1, Duration.between(begin(job), job.updatedAt()).toMillis());
        var rate = counts.done() * MILLIS / millis;
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
