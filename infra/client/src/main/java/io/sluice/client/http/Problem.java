package io.sluice.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why a server refused a call: problem details (RFC 9457) with our code and fields. A member that the server left out is
 * empty.
 *
 * @param code the kind of problem, for programs
 * @param title the kind of problem, for people
 * @param detail what happened this time, for people; it repeats the first wrong field, if there is one
 * @param fields the wrong fields
 */
public record Problem(int status, String code, String title, String detail, List<WrongField> fields) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public Problem {
        fields = List.copyOf(fields);
    }

    /**
     * One wrong field.
     *
     * @param message such as {@code must not be blank}
     */
    public record WrongField(String field, String message) {
        @Override
        public String toString() {
            return field + " " + message;
        }
    }

    /** Reads the problem from the body of a refusal. If the body is not JSON, only the status is known. */
    static Problem of(int status, byte[] body) {
        return of(status, parsed(body));
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** {@return the problem in a JSON object} */
    public static Problem of(int status, JsonNode body) {
        return new Problem(
                status,
                body.path("code").asText(),
                body.path("title").asText(),
                body.path("detail").asText(body.path("message").asText()),
                fields(body.path("errors")));
    }

    private static List<WrongField> fields(JsonNode errors) {
        var fields = new ArrayList<WrongField>();
        errors.forEach(error -> fields.add(new WrongField(
                error.path("field").asText(), error.path("message").asText())));
        return fields;
    }

    /** {@return the reason for a person: the wrong fields, else the detail, else the title} */
    public String reason() {
        if (!fields.isEmpty()) {
            return fields.stream().map(WrongField::toString).collect(Collectors.joining(", "));
        }
        return Stream.of(detail, title)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("no reason given");
    }

    /** {@return all of it on one line: {@code HTTP 422, VALIDATION_FAILED, Not valid; name must not be blank}} */
    @Override
    public String toString() {
        var words = Stream.of("HTTP " + status, code, title, fields.isEmpty() ? detail : "")
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        return Stream.concat(Stream.of(words), fields.stream().map(WrongField::toString))
                .collect(Collectors.joining("; "));
    }
}
