package io.sluice.runtime.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.InvalidEventException;
import io.sluice.schemas.imports.ImportRow;
import java.io.IOException;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of {@code import-rows.v1}. A record with {@code rows_total} is the end of an import, one with
 * {@code reasons} a rejection, any other one a row. The values of a row's fields become texts.
 */
final class ImportRowReader extends JsonDeserializer<ImportRow> {
    private static final String FIELDS = "fields";

    @Override
    public ImportRow deserialize(JsonParser json, DeserializationContext context) throws IOException {
        var tree = context.readTree(json);
        if (!(tree instanceof ObjectNode object)) {
            throw new InvalidEventException("value", "must be an object");
        }
        if (object.has("rows_total")) {
            return context.readTreeAsValue(object, ImportRow.End.class);
        }
        if (object.has("reasons")) {
            return context.readTreeAsValue(object, ImportRow.Rejection.class);
        }
        return data(object);
    }

    private static ImportRow.Data data(ObjectNode object) {
        if (!(object.get(FIELDS) instanceof ObjectNode values)) {
            throw new InvalidEventException(FIELDS, "must be an object");
        }
        var fields = LinkedHashMap.<String, String>newLinkedHashMap(values.size());
        values.properties().forEach(field -> fields.put(field.getKey(), text(field.getValue())));
        return new ImportRow.Data(
                Checks.required("kind", text(object, "kind")), text(object, "import_id"), rowNumber(object), fields);
    }

    private static String text(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        return value.isContainerNode() ? value.toString() : value.asText();
    }

    private static @Nullable String text(ObjectNode object, String name) {
        var value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new InvalidEventException(name, "must be a text");
        }
        return value.textValue();
    }

    private static @Nullable Integer rowNumber(ObjectNode object) {
        var value = object.get("row_number");
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.canConvertToInt() || !value.isIntegralNumber()) {
            throw new InvalidEventException("row_number", "must be a whole number");
        }
        return value.intValue();
    }
}
