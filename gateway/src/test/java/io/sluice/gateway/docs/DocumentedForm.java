package io.sluice.gateway.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A form, as described in the OpenAPI document.
 *
 * @param fields the schema of each field, by name
 * @param required the names of the fields that a caller must send
 */
public record DocumentedForm(Map<String, JsonNode> fields, Set<String> required) {
    private static final String DOCUMENT = "/META-INF/swagger/sluice-v1.yml";

    /** {@return the form of this name} */
    public static DocumentedForm of(String schema) {
        var form = document().at("/components/schemas/" + schema);
        var fields = new LinkedHashMap<String, JsonNode>();
        form.path("properties").properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        var required = new HashSet<String>();
        form.path("required").forEach(name -> required.add(name.asText()));
        return new DocumentedForm(fields, required);
    }

    /** {@return the document that the build generates} */
    public static JsonNode document() {
        try (var in = Objects.requireNonNull(DocumentedForm.class.getResourceAsStream(DOCUMENT))) {
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
