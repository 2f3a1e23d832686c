package io.sluice.importer;

import io.sluice.importer.FirstPass.Look;
import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.schemas.imports.ImportFacts;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.job.JobError;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.job.JobStatus;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an import's job hears from the importer. */
@Singleton
final class ImportSteps {
    private static final String STAGE = "read";

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
        return step(request, JobStatus.PROCESSING, Map.of("rows_total", (long) look.rows()), null, all);
    }

    /** {@return that the file cannot be imported, and why} */
    JobEvent refused(ImportRequested request, Map<String, String> facts, FileRefusedException refusal) {
        var error = new JobError(refusal.code().name(), Texts.storable(refusal.sentence()));
        return step(request, JobStatus.FAILED, Map.of(), error, facts);
    }

    private JobEvent step(
            ImportRequested request,
            JobStatus outcome,
            Map<String, Long> counts,
            @Nullable JobError error,
            Map<String, String> facts) {
        return new JobEvent(
                request.jobId(),
                JobKind.IMPORT,
                STAGE,
                outcome,
                counts,
                error,
                request.importId(),
                null,
                null,
                facts,
                clock.instant());
    }
}
