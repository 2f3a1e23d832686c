package io.sluice.gateway.imports.upload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.gateway.imports.ImportProblem;
import io.sluice.imports.file.FirstBytes;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.web.body.BodyFields;
import io.sluice.web.body.FileName;
import io.sluice.web.body.FormLimits;
import io.sluice.web.body.FormPart;
import io.sluice.web.body.StreamedForm;
import io.sluice.web.body.Submission;
import io.sluice.web.problem.FieldErrors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the form of one import, and stores its file while the file arrives. For one thread and one form. */
final class FileFormUpload {
    /** The name of the part with the file. */
    static final String FILE = "file";

    /** The names of the other parts, which are texts. */
    private static final List<String> OPTIONS = List.of(
            ImportOptionsReader.KIND,
            ImportOptionsReader.MAPPING,
            ImportOptionsReader.DRY_RUN,
            ImportOptionsReader.CREATE_CATEGORIES,
            ImportOptionsReader.SHEET,
            ImportOptionsReader.ENCODING,
            ImportOptionsReader.KEEP_DAMAGED);

    private static final String NO_PART = "is not a part of this form; the parts are " + FILE + ", "
            + String.join(", ", OPTIONS.subList(0, OPTIONS.size() - 1)) + " and " + OPTIONS.getLast();

    private final ImportOptionsReader fields;
    private final ImportFileStorage files;
    private final FieldErrors errors = new FieldErrors();
    private final Map<String, List<JsonNode>> options = new LinkedHashMap<>();
    private @Nullable StoredObject stored;
    private String fileName = "";

    /** @param kind the kind of the rows from the URL; null when the URL has none */
    FileFormUpload(ImportOptionsReader fields, ImportFileStorage files, @Nullable String kind) {
        this.fields = fields;
        this.files = files;
        if (kind != null) {
            add(ImportOptionsReader.KIND, kind);
        }
    }

    /** {@return the parts of the form} */
    static BodyFields fields(FormLimits limits) {
        return new BodyFields(limits, OPTIONS, List.of(FILE), Map.of());
    }

    /**
     * Reads the form and stores its file.
     *
     * @param form opened with {@link #fields}
     * @param name the name that the file is stored under
     * @param atMost the largest size that the file can have, in bytes
     * @throws io.sluice.web.problem.ProblemException when the form is refused; its file is not in the store then
     */
    StoredUpload read(StreamedForm form, String name, long atMost) {
        try {
            for (var part = form.next(); part != null; part = form.next()) {
                take(part, name, atMost);
            }
            return upload();
        } catch (RuntimeException e) {
            if (stored != null) {
                files.remove(stored);
            }
            throw e;
        }
    }

    private void take(FormPart part, String name, long atMost) {
        switch (part) {
            case FormPart.File file -> store(file, name, atMost);
            case FormPart.Text(var option, var value) -> add(option, value);
            case FormPart.Other(var other, var isFile) -> {
                errors.add(other, NO_PART);
                if (isFile) {
                    errors.throwIfAny(); // before the reader skips a file of any length
                }
            }
        }
    }

    private void add(String option, String value) {
        options.computeIfAbsent(option, name -> new ArrayList<>()).add(TextNode.valueOf(value));
    }

    /** Stores nothing when the form is already known to be invalid. */
    private void store(FormPart.File file, String name, long atMost) {
        if (stored != null) {
            errors.add(FILE, "must be sent once");
        } else if (options.containsKey(ImportOptionsReader.KIND)) {
            options();
        }
        errors.throwIfAny();
        fileName = FileName.of(file.fileName());
        stored = files.store(name, FILE, file.bytes(), atMost, FileFormUpload::mediaType);
    }

    private static String mediaType(byte[] first) {
        FirstBytes.refusal(first).ifPresent(reason -> {
            throw ImportFileStorage.refused(ImportProblem.NOT_A_SPREADSHEET, FILE, reason);
        });
        return FirstBytes.mediaType(first);
    }

    private ImportOptions options() {
        return fields.read(new Submission(options, Map.of()), errors);
    }

    private StoredUpload upload() {
        var wanted = options();
        var file = stored;
        if (file == null) {
            errors.add(FILE, "is required");
        }
        errors.throwIfAny();
        return new StoredUpload(wanted, Objects.requireNonNull(file), fileName);
    }
}
