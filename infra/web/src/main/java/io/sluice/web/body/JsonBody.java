package io.sluice.web.body;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses bytes that hold one JSON object. */
@Singleton
public final class JsonBody {
    private final ObjectReader reader;

    JsonBody(JsonCodec codec) {
        this.reader = codec.mapper().readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /**
     * {@return the members of the object}
     *
     * @param what the name of the bytes in an error message, such as {@code body}
     * @throws ProblemException when the bytes are not a JSON object
     */
    public Submission parse(byte[] json, String what) {
        var fields = new LinkedHashMap<String, List<JsonNode>>();
        for (var field : object(json, what).properties()) {
            fields.put(field.getKey(), List.of(field.getValue()));
        }
        return new Submission(fields, Map.of());
    }

    private JsonNode object(byte[] json, String what) {
        try {
            JsonNode tree = reader.readValue(json);
            if (tree == null || !tree.isObject()) {
                throw malformed("The " + what + " must be a JSON object.");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw malformed("The " + what + " " + problem(e) + place(e.getLocation()) + ".");
        } catch (IOException e) {
            throw malformed("The " + what + " is not JSON in UTF-8.");
        }
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(WebProblem.MALFORMED_BODY, detail);
    }

    private static String problem(JsonProcessingException thrown) {
        return switch (thrown) {
            case StreamConstraintsException e -> "is nested too deeply, or has a number or name that is too long";
            case JsonEOFException e -> "is cut short";
            case JsonProcessingException e
            when e.getOriginalMessage().startsWith("Duplicate field") -> "has a field twice";
            default -> "is not JSON";
        };
    }

    private static String place(@Nullable JsonLocation location) {
        if (location == null) {
            return "";
        }
        var line = location.getLineNr() > 1 ? "line " + location.getLineNr() + ", " : "";
        return " (" + line + "column " + location.getColumnNr() + ")";
    }
}
