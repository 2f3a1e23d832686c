package io.sluice.runtime.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.RuntimeFailure;
import io.sluice.schemas.event.InvalidEventException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Translates Jackson's exceptions into messages for the writer of the JSON. A message names the field and the place,
 * never the content.
 */
final class JsonErrors {
    private JsonErrors() {}

    static Fatal translate(IOException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidEventException invalid) {
                return invalid(invalid);
            }
        }
        return new Fatal(RuntimeFailure.UNDECODABLE, sentence(thrown), thrown);
    }

    static Fatal invalid(InvalidEventException thrown) {
        return new Fatal(RuntimeFailure.INVALID_EVENT, thrown.field() + " " + thrown.problem(), thrown);
    }

    private static String sentence(IOException thrown) {
        return switch (thrown) {
            case JsonMappingException e -> field(e.getPath()) + " " + problem(e) + place(e.getLocation());
            case StreamConstraintsException e ->
                "the value is nested too deeply, or has too long a number or name" + place(e.getLocation());
            case JsonEOFException e -> "the JSON is cut short" + place(e.getLocation());
            case JsonProcessingException e
            when e.getOriginalMessage().startsWith("Duplicate field") ->
                "the JSON has a field twice" + place(e.getLocation());
            case JsonProcessingException e -> "the value is not JSON" + place(e.getLocation());
            default -> "the value is not JSON";
        };
    }

    private static String problem(JsonMappingException thrown) {
        if (thrown.getCause() instanceof StreamConstraintsException) {
            return "is nested too deeply, or has too long a number or name";
        }
        if (thrown.getCause() instanceof JsonEOFException) {
            return "is cut short";
        }
        if (thrown.getCause() instanceof JsonProcessingException) {
            return "is not JSON";
        }
        if (thrown instanceof MismatchedInputException mismatch) {
            return expected(mismatch.getTargetType(), mismatch.getOriginalMessage());
        }
        return "cannot be read";
    }

    private static String expected(@Nullable Class<?> type, String message) {
        if (message.startsWith("Cannot map `null`")) {
            return "is required";
        }
        if (message.startsWith("Trailing token")) {
            return "is followed by something else";
        }
        if (message.startsWith("half a surrogate pair")) {
            return "has half a surrogate pair, which is not text";
        }
        if (type == null) {
            return "does not have the right form";
        }
        if (type == String.class) {
            return "must be a text";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "must be a number in range";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "must be a list";
        }
        return Map.class.isAssignableFrom(type) || type.isRecord()
                ? "must be an object"
                : "does not have the right form";
    }

    private static String field(List<Reference> path) {
        var name = new StringBuilder();
        for (var step : path) {
            if (step.getFieldName() == null) {
                name.append('[').append(step.getIndex()).append(']');
            } else {
                name.append(name.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return name.isEmpty() ? "the value" : name.toString();
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
