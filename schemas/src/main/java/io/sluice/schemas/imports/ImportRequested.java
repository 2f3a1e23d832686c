package io.sluice.schemas.imports;

import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.EntityEvent;
import io.sluice.schemas.wire.StoredObject;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request to import a file.
 *
 * @param kind name of the import kind, such as {@code companies}
 * @param object reference to the file in the object store
 * @param fileName name of the file, as the sender gave it; only for display
 * @param mapping columns that the sender assigned by hand, column to field; the others are matched by their headers
 * @param dryRun whether to report what would happen, and write nothing; null means false
 * @param owner the sender of the file
 * @param jobId the job that follows the import
 * @param sheet sheet of the workbook to read; null for the first that is not empty
 * @param createCategories whether missing categories that rows name are created; null means true
 * @param encoding encoding of a text; null when the importer finds it out
 * @param keepDamaged whether rows with characters that could not be read are imported with U+FFFD in their place; null
 *     means false, which rejects them
 */
public record ImportRequested(
        String importId,
        String kind,
        StoredObject object,
        String fileName,
        Map<String, String> mapping,
        @Nullable Boolean dryRun,
        @Nullable String owner,
        String jobId,
        @Nullable String sheet,
        @Nullable Boolean createCategories,
        @Nullable String encoding,
        @Nullable Boolean keepDamaged)
        implements EntityEvent {
    private static final int MAX = 255;

    public ImportRequested {
        Checks.text("import_id", importId, MAX);
        Checks.text("kind", kind, MAX);
        Checks.required("object", object);
        Checks.text("file_name", fileName, MAX);
        Checks.text("job_id", jobId, MAX);
        mapping = Map.copyOf(Objects.requireNonNullElse(mapping, Map.of()));
    }

    /** A request whose file says by itself how it is to be read. */
    public ImportRequested(
            String importId,
            String kind,
            StoredObject object,
            String fileName,
            Map<String, String> mapping,
            @Nullable Boolean dryRun,
            @Nullable String owner,
            String jobId,
            @Nullable String sheet,
            @Nullable Boolean createCategories) {
        this(importId, kind, object, fileName, mapping, dryRun, owner, jobId, sheet, createCategories, null, null);
    }

    @Override
    public String key() {
        return importId;
    }

    /** {@return whether this is a dry run, which writes nothing} */
    public boolean runsDry() {
        return Boolean.TRUE.equals(dryRun);
    }

    /** {@return whether missing categories are created; otherwise rows that name them are rejected} */
    public boolean createsCategories() {
        return !Boolean.FALSE.equals(createCategories);
    }

    /** {@return whether rows with characters that could not be read are imported; otherwise they are rejected} */
    public boolean keepsDamaged() {
        return Boolean.TRUE.equals(keepDamaged);
    }
}
