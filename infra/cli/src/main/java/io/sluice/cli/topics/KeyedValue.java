package io.sluice.cli.topics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;

/** A record to send, read from one line. */
record KeyedValue(String key, String value) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Members of an event that can be its key, in this order. */
    private static final List<String> IDS = List.of("product_id", "photo_id", "user_id", "import_id", "job_id", "id");

    /**
     * Reads a line. The text before the separator is the key. In a line of JSON, the id is the key.
     *
     * @return empty when the line has no key
     */
    static Optional<KeyedValue> parse(String line, String separator) {
        if (line.startsWith("{")) {
            var id = id(line);
            if (id.isPresent()) {
                return id.map(key -> new KeyedValue(key, line));
            }
        }
        var end = line.indexOf(separator);
        return end < 1
                ? Optional.empty()
                : Optional.of(new KeyedValue(line.substring(0, end), line.substring(end + separator.length())));
    }

    private static Optional<String> id(String line) {
        try {
            var event = JSON.readTree(line);
            return IDS.stream()
                    .map(event::path)
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText)
                    .findFirst();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
