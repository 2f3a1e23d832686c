package io.sluice.importer;

import io.sluice.importer.FirstPass.Findings;
import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.schemas.imports.ImportFacts;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.job.JobError;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobKind;
import io.sluice.stores.imports.ImportLedger.Counts;
import io.sluice.stores.postgres.JsonColumns;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The events that the importer sends to an import's job. Every gateway keeps the events of all jobs, so texts from a
 * file are cut and made storable. Lengths are in characters (UTF-16 units).
 */
@Singleton
final class ImportJobEvents {
    private static final String READ = "read";
    private static final int LONGEST_FACT = 1_024;
    private static final int LONGEST_NOTES = 4_096;
    private static final int LONGEST_ERROR = 2_048;

    private final Clock clock;

    ImportJobEvents(Clock clock) {
        this.clock = clock;
    }

    /** {@return the event that the file can be imported, with its number of rows and its format} */
    JobEvent read(ImportRequested request, Map<String, String> facts, Findings findings) {
        var all = new HashMap<>(facts);
        if (!findings.notes().isEmpty()) {
            all.put(ImportFacts.NOTES, String.join("\n", findings.notes()));
        }
        return JobEvent.step(request.jobId(), JobKind.IMPORT, READ, clock.instant())
                .withSubject(request.importId())
                .withCounts(Map.of("rows_total", (long) findings.rows()))
                .withFacts(storable(all));
    }

    /** {@return the event that rows of the file have one key and different content, with all notes} */
    JobEvent merged(ImportRequested request, Findings findings, SharedKeys keys) {
        var notes =
                Stream.concat(Stream.of(keys.note()), findings.notes().stream()).collect(Collectors.joining("\n"));
        var facts = new HashMap<>(storable(Map.of(ImportFacts.NOTES, notes)));
        facts.put(ImportFacts.MERGED, JsonColumns.writeStorable(keys.first()));
        return JobEvent.step(request.jobId(), JobKind.IMPORT, READ, clock.instant())
                .withSubject(request.importId())
                .withCounts(Map.of("rows_merged", (long) keys.merged()))
                .withFacts(facts);
    }

    /** {@return the event that the file cannot be imported, with the reason} */
    JobEvent refused(ImportRequested request, Map<String, String> facts, FileRefusedException refusal) {
        var error = new JobError(refusal.code().name(), StorableText.of(refusal.sentence(), LONGEST_ERROR));
        return JobEvent.failed(request.jobId(), JobKind.IMPORT, READ, error, clock.instant())
                .withSubject(request.importId())
                .withFacts(storable(facts));
    }

    /** {@return the event that the import was canceled; the job may know it already} */
    JobEvent canceled(ImportRequested request, Counts counts) {
        return JobEvent.canceled(request.jobId(), JobKind.IMPORT, clock.instant())
                .withSubject(request.importId())
                .withCounts(counts.byName());
    }

    private static Map<String, String> storable(Map<String, String> facts) {
        var storable = new HashMap<String, String>();
        facts.forEach((name, fact) -> storable.put(
                name, StorableText.of(fact, name.equals(ImportFacts.NOTES) ? LONGEST_NOTES : LONGEST_FACT)));
        return storable;
    }
}
