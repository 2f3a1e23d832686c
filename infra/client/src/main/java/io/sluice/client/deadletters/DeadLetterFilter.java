package io.sluice.client.deadletters;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which letters of a topic are meant. A text that is empty means any.
 *
 * @param code the failure code
 * @param key the key of the record, as {@link DeadLetter#key} has it
 * @param since when they failed at the earliest, ISO 8601
 */
public record DeadLetterFilter(String code, String key, String since) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** {@return the filter for all letters} */
    public static DeadLetterFilter all() {
        return new DeadLetterFilter("", "", "");
    }

    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("code", code);
        parameters.put("key", key);
        parameters.put("since", since);
        parameters.values().removeIf(String::isEmpty);
        return parameters;
    }

    ObjectNode json() {
        var json = JSON.createObjectNode();
        parameters().forEach(json::put);
        return json;
    }
}
