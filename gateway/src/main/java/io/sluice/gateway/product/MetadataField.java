package io.sluice.gateway.product;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.event.InvalidEventException;
import io.sluice.schemas.product.Metadata;
import io.sluice.web.body.Submission;
import io.sluice.web.value.Text;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Reads the field {@value #NAME}: a JSON object, a text that contains one, or any other text. It accepts only values
 * that Kafka, Postgres and Qdrant can store.
 */
@Singleton
final class MetadataField {
    static final String NAME = "metadata";

    /** With the other fields this stays well below the megabyte that a Kafka record may have. */
    static final int MAX_BYTES = 256 * 1024;
    /** Qdrant's protocol allows 100 levels of its own, and uses more than one for each level of ours. */
    static final int MAX_DEPTH = 20;

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
        return objectIn(text).map(this::ofObject).orElseGet(() -> {
            Text.keepable(NAME, text);
            atMost(text.getBytes(UTF_8).length);
            return Metadata.ofText(text);
        });
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
        check(object, 1);
        try {
            atMost(mapper.writeValueAsBytes(object).length);
            return mapper.treeToValue(object, Metadata.class);
        } catch (JsonProcessingException e) {
            throw new InvalidEventException(NAME, "must be a JSON object");
        }
    }

    private static void check(JsonNode node, int depth) {
        if (depth > MAX_DEPTH) {
            throw new InvalidEventException(NAME, "must not be nested more than " + MAX_DEPTH + " levels deep");
        }
        if (node.isTextual()) {
            Text.keepable(NAME, node.textValue());
        } else if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
            throw new InvalidEventException(NAME, "must not have numbers beyond 1.8e308");
        }
        node.propertyStream().forEach(property -> Text.keepable(NAME, property.getKey()));
        node.forEach(child -> check(child, depth + 1));
    }

    private static void atMost(int bytes) {
        if (bytes > MAX_BYTES) {
            throw new InvalidEventException(NAME, "must have at most " + MAX_BYTES + " bytes, has " + bytes);
        }
    }
}
