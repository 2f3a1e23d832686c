package io.sluice.gateway.imports;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.core.type.TypeReference;
import io.sluice.schemas.imports.ImportFacts;
import io.sluice.schemas.imports.MergedRows;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobError;
import io.sluice.schemas.job.JobStatus;
import io.sluice.stores.imports.ImportLedger.Counts;
import io.sluice.stores.imports.ImportLedger.Known;
import io.sluice.stores.postgres.JsonColumns;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An import as callers see it. The counts are final when the status is final. An import with rejected rows still ends
 * as {@code succeeded}.
 *
 * @param rowsTotal number of rows, without blank ones; left out until it is known
 * @param rowsMerged number of rows that have the key of an earlier row of the file and other values; they are counted
 *     among the others too, and the last row of a key wins. Left out when it is not known any more
 * @param merged the first ten such keys, with the numbers of their rows
 * @param rowsPerSecond speed since the import began to write rows; left out until rows have an outcome
 * @param etaSeconds estimated seconds until the import ends; left out when unknown, or when the import has ended
 * @param format {@code csv}, {@code xlsx} or {@code json}
 * @param encoding the character encoding of a text file, such as {@code utf-8}
 * @param delimiter the column delimiter of a text file
 * @param sheet the name of the sheet of a workbook
 * @param notes one sentence for each thing that the import repaired, filled in or left out
 * @param error why the file could not be imported; otherwise left out
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
        @Nullable Long rowsMerged,
        List<MergedRows> merged,
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
    private static final TypeReference<List<MergedRows>> MERGED_ROWS = new TypeReference<>() {};

    /**
     * Returns the import of a job. The job holds all facts of the view, so this works while Postgres is not available.
     */
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
                job.counts().getOrDefault("rows_merged", 0L),
                merged(facts),
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
     * Returns an import whose job was not found, from its entry in the ledger.
     *
     * @param isForgotten whether the job is older than jobs are kept; otherwise this gateway has not read it yet
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
                List.of(),
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

    /**
     * Jobs are kept for longer than any import runs. So an import that is not complete when its job is forgotten has
     * failed.
     */
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

    /**
     * Returns the id of the import that a job is about. The gateway uses one id for both; other publishers may use two.
     */
    public static String idOf(Job job) {
        return requireNonNullElse(job.subject(), job.jobId());
    }

    private static List<MergedRows> merged(Map<String, String> facts) {
        try {
            return JsonColumns.read(facts.getOrDefault(ImportFacts.MERGED, "[]"), MERGED_ROWS);
        } catch (IllegalStateException e) {
            return List.of(); // the fact is from another program; the note says it too
        }
    }

    private static List<String> notes(Map<String, String> facts) {
        return facts.getOrDefault(ImportFacts.NOTES, "")
                .lines()
                .filter(note -> !note.isBlank())
                .toList();
    }
}
