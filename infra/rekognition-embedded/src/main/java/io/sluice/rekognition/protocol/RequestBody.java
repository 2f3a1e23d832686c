package io.sluice.rekognition.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;

/** Reads the JSON of a request. Pictures are decoded from Base64 while they are read, so their text is never in memory. */
public final class RequestBody {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(20).build())
            .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RequestBody() {}

    /** {@return the members; none for an empty body} */
    public static JsonNode read(InputStream body) throws IOException {
        try (var parser = JSON.createParser(body)) {
            if (parser.nextToken() == null) {
                return NODES.objectNode();
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw ApiError.SERIALIZATION.rejection("The request is not a JSON object");
            }
            return object(parser);
        } catch (JsonProcessingException notJson) {
            throw ApiError.SERIALIZATION.rejection(
                    "The request is not JSON (%s)".formatted(notJson.getOriginalMessage()));
        }
    }

    private static JsonNode object(JsonParser parser) throws IOException {
        var object = NODES.objectNode();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            var token = parser.nextToken();
            object.set(
                    name,
                    name.equals("Bytes") && token == JsonToken.VALUE_STRING
                            ? NODES.binaryNode(parser.getBinaryValue())
                            : value(parser));
        }
        return object;
    }

    private static JsonNode value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                var array = NODES.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser));
                }
                yield array;
            }
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> NODES.numberNode(parser.getDecimalValue());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
    }
}
