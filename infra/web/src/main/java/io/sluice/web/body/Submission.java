package io.sluice.web.body;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.InvalidEventException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields and files of a request body, which is a form, a multipart form or a JSON object. A form's fields are JSON
 * strings here.
 *
 * @param fields every value of every field, in the order sent
 * @param files the files of a multipart form, by field name
 */
public record Submission(Map<String, List<JsonNode>> fields, Map<String, UploadedFile> files) {
    public Submission {
        fields = Map.copyOf(fields);
        files = Map.copyOf(files);
    }

    /**
     * {@return the field's text; null when it was not sent}
     *
     * @throws InvalidEventException when it is not a text, or was sent several times
     */
    public @Nullable String text(String field) {
        var value = single(field);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw new InvalidEventException(field, "must be a string, is " + article(value));
        }
        return Checks.wellFormed(field, value.textValue());
    }

    /**
     * {@return the field's value; null when it was not sent or is a JSON null}
     *
     * @throws InvalidEventException when it was sent several times
     */
    public @Nullable JsonNode single(String field) {
        var values = fields.getOrDefault(field, List.of());
        if (values.size() > 1) {
            throw new InvalidEventException(field, "must be sent once, was sent " + values.size() + " times");
        }
        return values.isEmpty() || values.getFirst().isNull() ? null : values.getFirst();
    }

    /** {@return every text sent for the field} */
    public List<String> texts(String field) {
        return fields.getOrDefault(field, List.of()).stream()
                .map(JsonNode::asText)
                .toList();
    }

    /** {@return the file sent for the field} */
    public Optional<UploadedFile> file(String field) {
        return Optional.ofNullable(files.get(field));
    }

    private static String article(JsonNode value) {
        var type = value.getNodeType().name().toLowerCase(Locale.ROOT);
        return type.startsWith("o") || type.startsWith("a") ? "an " + type : "a " + type;
    }
}
