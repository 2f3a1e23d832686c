package io.sluice.gateway.admin.letters.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.sluice.schemas.Topic;
import io.sluice.schemas.Topics;
import io.sluice.web.problem.FieldError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/** Checks a value against the JSON Schema of a topic. */
final class SchemaCheck {
    private final JsonSchema schema;

    /** @param topic a topic of the catalogue whose schema refers to no other schema */
    SchemaCheck(Topic<?> topic) {
        var config = SchemaValidatorsConfig.builder().locale(Locale.ENGLISH).build();
        try (var json = Topics.class.getResourceAsStream(topic.name() + ".schema.json")) {
            if (json == null) {
                throw new IllegalStateException("no JSON Schema for " + topic.name());
            }
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(json, config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the invalid fields, each once; the messages do not quote the value} */
    Collection<FieldError> errors(JsonNode value) {
        var errors = new LinkedHashMap<String, FieldError>();
        for (var message : schema.validate(value)) {
            var field = field(message);
            errors.putIfAbsent(field, new FieldError(field, words(message)));
        }
        return List.copyOf(errors.values());
    }

    private static String field(ValidationMessage message) {
        var path = new StringBuilder();
        var location = message.getInstanceLocation();
        for (var i = 0; i < location.getNameCount(); i++) {
            join(path, String.valueOf(location.getElement(i)));
        }
        if (message.getType().equals("required")) {
            join(path, message.getProperty());
        }
        return path.isEmpty() ? "value" : path.toString();
    }

    private static void join(StringBuilder path, String name) {
        path.append(path.isEmpty() ? "" : ".").append(name);
    }

    private static String words(ValidationMessage message) {
        return switch (message.getType()) {
            case "required" -> "is required";
            case "minLength" -> "must not be blank";
            case "pattern" ->
                message.getSchemaNode().asText().equals("\\S") ? "must not be blank" : "does not have the right form";
            case "maxLength" -> "must have at most " + message.getSchemaNode().asText() + " characters";
            case "type" ->
                "must be of the type " + message.getSchemaNode().toString().replace("\"", "");
            default -> "does not have the right form (" + message.getType() + " of the JSON Schema)";
        };
    }
}
