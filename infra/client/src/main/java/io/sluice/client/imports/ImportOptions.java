package io.sluice.client.imports;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.client.http.MultipartForm;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a file is to be imported.
 *
 * @param kind what its rows are, such as {@code companies}
 * @param isDryRun whether to count what would happen, and write nothing
 * @param createsCategories whether unknown categories are created; otherwise their rows are rejected
 * @param sheet the sheet of a workbook; empty for the first one that has cells
 * @param mapping field names by header, for headers that are not recognized
 * @param encoding the name of the encoding of a text, such as {@code windows-1252}; empty when the importer finds it out
 * @param keepsDamaged whether rows with characters that cannot be read are imported; otherwise they are rejected
 */
public record ImportOptions(
        String kind,
        boolean isDryRun,
        boolean createsCategories,
        String sheet,
        Map<String, String> mapping,
        String encoding,
        boolean keepsDamaged) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public ImportOptions {
        mapping = Collections.unmodifiableMap(new LinkedHashMap<>(mapping));
    }

    /** {@return the default options for rows of this kind} */
    public static ImportOptions ofKind(String kind) {
        return new ImportOptions(kind, false, true, "", Map.of(), "", false);
    }

    void addTo(MultipartForm form) {
        form.field("kind", kind);
        if (isDryRun) {
            form.field("dry_run", "true");
        }
        if (!createsCategories) {
            form.field("create_categories", "false");
        }
        if (!sheet.isEmpty()) {
            form.field("sheet", sheet);
        }
        if (!mapping.isEmpty()) {
            form.field("mapping", json(mapping));
        }
        if (!encoding.isEmpty()) {
            form.field("encoding", encoding);
        }
        if (keepsDamaged) {
            form.field("keep_damaged", "true");
        }
    }

    private static String json(Map<String, String> mapping) {
        ObjectNode object = JSON.createObjectNode();
        mapping.forEach(object::put);
        return object.toString();
    }
}
