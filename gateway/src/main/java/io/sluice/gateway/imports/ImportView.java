package io.sluice.gateway.imports;

import static java.util.Objects.requireNonNullElse;

import io.sluice.schemas.imports.ImportFacts;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobError;
import io.sluice.schemas.job.JobStatus;
import io.sluice.stores.imports.ImportLedger.Counts;
import io.sluice.stores.imports.ImportLedger.Known;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An import as callers see it. Counts are final once the status is; rejected rows do not change {@code succeeded}.
 *
 * @param rowsTotal how many rows there are, blank ones not counted; left out until that is known
 * @param rowsPerSecond since its first rows were taken up; left out until there are any
 * @param etaSeconds how long the rest will take at this rate; only while it is known and under way
 * @param format {@code csv}, {@code xlsx} or {@code json}
 * @param encoding of a text, such as {@code utf-8}
 * @param delimiter of a text
 * @param sheet of a workbook
 * @param notes what was repaired, filled up or left out, a sentence each
 * @param error left out unless the file could not be imported
 */
@Schema(name = "Import")
public record ImportView(
        String importId,
        String jobId,
        String kind,
        String fileName,
        boolean dryRun,

        @Schema(
                type = "string",
                allowableValues = {"queued", "processing", "retrying", "succeeded", "failed", "dead", "canceled"})
        String status,

        @Nullable Long rowsTotal,
        long rowsCreated,
        long rowsUpdated,
        long rowsUnchanged,
        long rowsRejected,
        @Nullable Double rowsPerSecond,
        @Nullable Long etaSeconds,
        @Nullable String format,
        @Nullable String encoding,
        @Nullable String delimiter,
        @Nullable String sheet,
        List<String> notes,
        @Nullable JobError error,
        Instant createdAt,
        Instant updatedAt) {

    /** {@return the import of this job} Its job says everything there is to say, and is at hand while Postgres is away. */
    public static ImportView of(Job job) {
        var facts = job.facts();
        var counts = Counts.of(job.counts());
        var pace = ImportPace.of(job, counts);
        return new ImportView(
                idOf(job),
                job.jobId(),
                facts.getOrDefault(ImportFacts.KIND, ""),
                facts.getOrDefault(ImportFacts.FILE_NAME, ""),
                Boolean.parseBoolean(facts.get(ImportFacts.DRY_RUN)),
                job.status().wireName(),
                counts.total(),
                counts.created(),
                counts.updated(),
                counts.unchanged(),
                counts.rejected(),
                pace.rowsPerSecond(),
                pace.etaSeconds(),
                facts.get(ImportFacts.FORMAT),
                facts.get(ImportFacts.ENCODING),
                facts.get(ImportFacts.DELIMITER),
                facts.get(ImportFacts.SHEET),
                notes(facts),
                job.error(),
                job.createdAt(),
                job.updatedAt());
    }

    /**
     * {@return an import whose job is not at hand, as its rows are}
     *
     * @param isForgotten whether the job is gone for good; else it is on its way, or being read
     */
    public static ImportView of(Known known, boolean isForgotten) {
        var request = known.request();
        var counts = known.counts();
        return new ImportView(
                request.importId(),
                request.jobId(),
                request.kind(),
                request.fileName(),
                request.runsDry(),
                status(known, isForgotten).wireName(),
                counts.total(),
                counts.created(),
                counts.updated(),
                counts.unchanged(),
                counts.rejected(),
                null,
                null,
                null,
                null,
                null,
                request.sheet(),
                List.of(),
                null,
                known.openedAt(),
                known.openedAt());
    }

    /** A job is remembered for longer than any import takes: one that was not done by then never will be. */
    private static JobStatus status(Known known, boolean isForgotten) {
        if (known.canceled()) {
            return JobStatus.CANCELED;
        }
        if (known.isComplete()) {
            return JobStatus.SUCCEEDED;
        }
        if (isForgotten) {
            return JobStatus.FAILED;
        }
        var counts = known.counts();
        return counts.done() > 0 || counts.total() != null ? JobStatus.PROCESSING : JobStatus.QUEUED;
    }

    /** {@return the import that a job is about; the gateway gives both one id, others need not} */
    public static String idOf(Job job) {
        return requireNonNullElse(job.subject(), job.jobId());
    }

    private static List<String> notes(Map<String, String> facts) {
        return facts.getOrDefault(ImportFacts.NOTES, "")
                .lines()
                .filter(note -> !note.isBlank())
                .toList();
    }
}
