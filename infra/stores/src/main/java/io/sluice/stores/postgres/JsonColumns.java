package io.sluice.stores.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.runtime.json.JsonCodec;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes and reads the values of JSON columns. They have the same form as on the topics. */
public final class JsonColumns {
    private static final ObjectMapper JSON = JsonCodec.newMapper();

    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> TEXTS_BY_NAME = new TypeReference<>() {};

    /**
     * JSON that Postgres cannot store: the escape of NUL (but not an escaped backslash before {@code u0000}), and half
     * of a surrogate pair.
     */
    private static final Pattern UNSTORABLE = Pattern.compile("((?<!\\\\)(?:\\\\\\\\)*)\\\\u0000|\\p{Cs}");

    private JsonColumns() {}

    /** Returns the value as JSON, unchanged. If it has characters that Postgres cannot store, the statement fails. */
    public static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not writable as JSON", e);
        }
    }

    /** {@return the value as JSON; U+FFFD replaces each character that Postgres cannot store} */
    public static String writeStorable(Object value) {
        return UNSTORABLE.matcher(write(value)).replaceAll("$1\ufffd");
    }

    /** {@return the value of a column that Sluice wrote} */
    public static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON column does not hold a " + type.getSimpleName(), e);
        }
    }

    /** {@return the value of a column that Sluice wrote} */
    public static <T> T read(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON column does not hold a " + type.getType(), e);
        }
    }

    /** {@return the list of texts in a column} */
    public static List<String> texts(String json) {
        return read(json, TEXTS);
    }

    /** {@return the texts in a column, by name; in the order of jsonb, not in the order in which they were written} */
    public static Map<String, String> textsByName(String json) {
        return read(json, TEXTS_BY_NAME);
    }
}
