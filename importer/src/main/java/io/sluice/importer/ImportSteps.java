package io.sluice.importer;

import io.sluice.importer.FirstPass.Look;
import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.schemas.imports.ImportFacts;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.job.JobError;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.job.JobStatus;
import io.sluice.stores.imports.ImportLedger.Counts;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an import's job hears from the importer. Every gateway keeps the steps of all jobs and writes them anew, so whatever
 * a file holds, they are short and can be stored: lengths are in characters (UTF-16 units).
 */
@Singleton
final class ImportSteps {
    private static final int LONGEST_FACT = 1_024;
    private static final int LONGEST_NOTES = 4_096;
    private static final int LONGEST_ERROR = 2_048;

    private final Clock clock;

    ImportSteps(Clock clock) {
        this.clock = clock;
    }

    /** {@return that the file can be imported, how many rows it has, and what it is} */
    JobEvent read(ImportRequested request, Map<String, String> facts, Look look) {
        var all = new HashMap<>(facts);
        if (!look.notes().isEmpty()) {
            all.put(ImportFacts.NOTES, String.join("\n", look.notes()));
        }
        return step(request, "read", JobStatus.PROCESSING, Map.of("rows_total", (long) look.rows()), null, all);
    }

    /** {@return that the file cannot be imported, and why} */
    JobEvent refused(ImportRequested request, Map<String, String> facts, FileRefusedException refusal) {
        var error = new JobError(refusal.code().name(), Texts.storable(refusal.sentence(), LONGEST_ERROR));
        return step(request, "read", JobStatus.FAILED, Map.of(), error, facts);
    }

    /** {@return that somebody canceled the import, which the job may have heard before} */
    JobEvent canceled(ImportRequested request, Counts counts) {
        return step(request, "canceled", JobStatus.CANCELED, counts.byName(), null, Map.of());
    }

    private JobEvent step(
            ImportRequested request,
            String stage,
            JobStatus outcome,
            Map<String, Long> counts,
            @Nullable JobError error,
            Map<String, String> facts) {
        var storable = new HashMap<String, String>();
        facts.forEach((name, fact) -> storable.put(
                name, Texts.storable(fact, name.equals(ImportFacts.NOTES) ? LONGEST_NOTES : LONGEST_FACT)));
        return new JobEvent(
                request.jobId(),
                JobKind.IMPORT,
                stage,
                outcome,
                counts,
                error,
                request.importId(),
                null,
                null,
                storable,
                clock.instant());
    }
}
