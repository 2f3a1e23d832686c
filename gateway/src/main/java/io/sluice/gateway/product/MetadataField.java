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
import java.util.List;
import java.util.Optional;

/** Reads the field {@value #NAME}: a JSON object, a text that contains one, or any other text. */
@Singleton
final class MetadataField {
    static final String NAME = "metadata";

    private static final String KEPT_AS_TEXT =
            "metadata looks like JSON but is no JSON object, so it is kept as a text under `text`";
    /** What JSON objects, arrays and strings begin with. */
    private static final String JSON = "{[\"";

    private final ObjectMapper mapper;

    MetadataField(JsonCodec codec) {
        this.mapper = codec.mapper();
    }

    /**
     * The metadata that a call sent.
     *
     * @param warnings what the sender may have meant otherwise
     */
    record Sent(Metadata metadata, List<String> warnings) {
        /** What a call sent that sent no metadata. */
        static final Sent NOTHING = new Sent(Metadata.empty());

        Sent {
            warnings = List.copyOf(warnings);
        }

        private Sent(Metadata metadata) {
            this(metadata, List.of());
        }
    }

    Sent read(Submission submission) {
        var value = submission.single(NAME);
        return switch (value) {
            case null -> Sent.NOTHING;
            case ObjectNode object -> new Sent(ofObject(object));
            case JsonNode text when text.isTextual() -> ofText(text.textValue());
            default -> throw new InvalidEventException(NAME, "must be a string or a JSON object");
        };
    }

    /** Clients of the former API send texts that look like JSON on purpose, so they are not refused. */
    private Sent ofText(String text) {
        return objectIn(text)
                .map(object -> new Sent(ofObject(object)))
                .orElseGet(() -> new Sent(
                        Metadata.ofText(text).storable(), looksLikeJson(text) ? List.of(KEPT_AS_TEXT) : List.of()));
    }

    private static boolean looksLikeJson(String text) {
        var stripped = text.strip();
        return !stripped.isEmpty() && JSON.indexOf(stripped.charAt(0)) >= 0;
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
