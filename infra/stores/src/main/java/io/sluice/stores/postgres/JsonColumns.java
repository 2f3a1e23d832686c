package io.sluice.stores.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.runtime.json.JsonCodec;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Values of JSON columns; they hold what is on the wire. */
public final class JsonColumns {
    private static final ObjectMapper JSON = JsonCodec.newMapper();

    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> TEXTS_BY_NAME = new TypeReference<>() {};

    /** What JSON may hold and Postgres cannot: an escaped NUL (and not the text of one), and half of a surrogate pair. */
    private static final Pattern NOT_HELD = Pattern.compile("((?<!\\\\)(?:\\\\\\\\)*)\\\\u0000|\\p{Cs}");

    private JsonColumns() {}

    /** {@return the value as it is: what Postgres cannot hold, it is to refuse} */
    public static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not writable as JSON", e);
        }
    }

    /** {@return the value, with the replacement character for what Postgres cannot hold} */
    public static String writeHoldable(Object value) {
        return NOT_HELD.matcher(write(value)).replaceAll("$1\ufffd");
    }

    /** {@return the value of a column that was written by us} */
    public static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a column holds a " + type.getSimpleName() + " that is none", e);
        }
    }

    /** {@return the value of a column that was written by us} */
    public static <T> T read(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a column holds what is not " + type.getType(), e);
        }
    }

    /** {@return a list of texts} */
    public static List<String> texts(String json) {
        return read(json, TEXTS);
    }

    /** {@return texts in the order of jsonb, which is not the one they were written in} */
    public static Map<String, String> textsByName(String json) {
        return read(json, TEXTS_BY_NAME);
    }
}
