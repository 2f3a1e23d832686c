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
 * @param differences what a newer version has otherwise, when the server refused an older one
 */
public record Problem(
        int status, String code, String title, String detail, List<WrongField> fields, List<Difference> differences) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public Problem {
        fields = List.copyOf(fields);
        differences = List.copyOf(differences);
    }

    /** Makes a problem without differences. */
    public Problem(int status, String code, String title, String detail, List<WrongField> fields) {
        this(status, code, title, detail, fields, List.of());
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

    /**
     * A field that a newer version has otherwise.
     *
     * @param newer its value there, in JSON
     * @param yours its value in the call, in JSON
     */
    public record Difference(String field, String newer, String yours) {}

    /** Reads the body of a refusal. If it is not JSON, it counts as empty: then only the status of the problem is known. */
    static JsonNode parsed(byte[] body) {
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
                fields(body.path("errors")),
                differences(body.path("diff")));
    }

    private static List<WrongField> fields(JsonNode errors) {
        var fields = new ArrayList<WrongField>();
        errors.forEach(error -> fields.add(new WrongField(
                error.path("field").asText(), error.path("message").asText())));
        return fields;
    }

    private static List<Difference> differences(JsonNode diff) {
        return diff.valueStream()
                .map(each ->
                        new Difference(each.path("field").asText(), json(each.path("newer")), json(each.path("yours"))))
                .toList();
    }

    private static String json(JsonNode value) {
        return value.isMissingNode() ? "null" : value.toString();
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
