package io.sluice.gateway.product;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.event.InvalidEventException;
import io.sluice.schemas.product.Metadata;
import io.sluice.web.body.Submission;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Reads the field {@value #NAME}: a JSON object, a text that contains one, or any other text. */
@Singleton
final class MetadataField {
    static final String NAME = "metadata";

    private final ObjectMapper mapper;

    MetadataField(JsonCodec codec) {
        this.mapper = codec.mapper();
    }

    Metadata read(Submission submission) {
        var value = submission.single(NAME);
        return switch (value) {
            case null -> Metadata.empty();
            case ObjectNode object -> ofObject(object);
            case JsonNode text when text.isTextual() -> ofText(text.textValue());
            default -> throw new InvalidEventException(NAME, "must be a string or a JSON object");
        };
    }

    private Metadata ofText(String text) {
        return objectIn(text)
                .map(this::ofObject)
                .orElseGet(() -> Metadata.ofText(text).storable());
    }

    /** Any other text, such as an SKU, stays a text; that is not an error. */
    private Optional<ObjectNode> objectIn(String text) {
        if (!text.stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        try {
            return mapper.readTree(text) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private Metadata ofObject(ObjectNode object) {
        try {
            return mapper.treeToValue(object, Metadata.class).storable();
        } catch (JsonProcessingException e) {
            throw new InvalidEventException(NAME, "must be a JSON object");
        }
    }
}
