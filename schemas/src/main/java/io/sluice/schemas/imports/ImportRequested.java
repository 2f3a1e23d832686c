package io.sluice.schemas.imports;

import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.EntityEvent;
import io.sluice.schemas.wire.StoredObject;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file is to be imported.
 *
 * @param kind name of the import kind, such as {@code companies}
 * @param object where the file is kept
 * @param fileName as its sender called it; for display alone
 * @param mapping columns that the sender assigned by hand, column to field; the others are matched by their headers
 * @param dryRun whether to say what would happen, and write nothing; null stands for false
 * @param owner who sent it
 * @param jobId the job that follows it
 * @param sheet the sheet of a workbook; null for the first that is not empty
 * @param createCategories whether categories that rows name and nobody knows are made; null stands for true
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
        @Nullable Boolean createCategories)
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

    @Override
    public String key() {
        return importId;
    }

    /** {@return whether nothing is to be written} */
    public boolean runsDry() {
        return Boolean.TRUE.equals(dryRun);
    }

    /** {@return whether a category that nobody knows is made, rather than its row rejected} */
    public boolean createsCategories() {
        return !Boolean.FALSE.equals(createCategories);
    }
}
