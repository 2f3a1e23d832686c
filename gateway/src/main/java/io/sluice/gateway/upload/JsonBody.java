package io.sluice.gateway.upload;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.sluice.gateway.problem.ProblemCode;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.runtime.JsonCodec;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A body that is one JSON object. */
@Singleton
final class JsonBody {
    private final ObjectReader reader;

    JsonBody(JsonCodec codec) {
        this.reader = codec.mapper().readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    Submission parse(byte[] body) {
        var fields = new LinkedHashMap<String, List<JsonNode>>();
        for (var field : object(body).properties()) {
            fields.put(field.getKey(), List.of(field.getValue()));
        }
        return new Submission(fields, Map.of());
    }

    private JsonNode object(byte[] body) {
        try {
            JsonNode tree = reader.readValue(body);
            if (tree == null || !tree.isObject()) {
                throw new ProblemException(ProblemCode.MALFORMED_BODY, "The body must be a JSON object.");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    ProblemCode.MALFORMED_BODY, "The body is not JSON: see " + place(e.getLocation()) + ".");
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.MALFORMED_BODY, "The body is not JSON in UTF-8.");
        }
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null
                ? "its beginning"
                : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
