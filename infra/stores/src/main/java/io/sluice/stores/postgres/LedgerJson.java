package io.sluice.stores.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.imports.ImportRow.Reason;
import io.sluice.schemas.product.Metadata;
import io.sluice.schemas.wire.StoredObject;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The JSON columns of the ledger; they hold what is on the wire. */
final class LedgerJson {
    private static final ObjectMapper JSON = JsonCodec.newMapper();

    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> TEXTS_BY_NAME = new TypeReference<>() {};
    private static final TypeReference<List<Reason>> REASONS = new TypeReference<>() {};

    /** What JSON may hold and Postgres cannot: an escaped NUL (and not the text of one), and half of a surrogate pair. */
    private static final Pattern NOT_HELD = Pattern.compile("((?<!\\\\)(?:\\\\\\\\)*)\\\\u0000|\\p{Cs}");

    private LedgerJson() {}

    static String write(Metadata metadata) {
        return text(metadata);
    }

    static String write(StoredObject image) {
        return text(image);
    }

    static String write(ImportRequested request) {
        return text(request);
    }

    /** What cannot be held becomes the replacement character. */
    static String texts(Object textsOrReasons) {
        return NOT_HELD.matcher(text(textsOrReasons)).replaceAll("$1\ufffd");
    }

    /** {@return the object as it is: what cannot be held, Postgres is to refuse} */
    static String extra(Map<String, @Nullable String> values) {
        return text(values);
    }

    static ImportRequested request(String json) {
        return read(json, ImportRequested.class);
    }

    static List<String> textList(String json) {
        return read(json, TEXTS);
    }

    /** {@return texts in the order of jsonb, which is not the one they were written in} */
    static Map<String, String> textsByName(String json) {
        return read(json, TEXTS_BY_NAME);
    }

    static List<Reason> reasons(String json) {
        return read(json, REASONS);
    }

    static Metadata metadata(String json) {
        return read(json, Metadata.class);
    }

    static StoredObject image(String json) {
        return read(json, StoredObject.class);
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the ledger holds a " + type.getSimpleName() + " that is none", e);
        }
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the ledger holds what is not " + type.getType(), e);
        }
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not writable as JSON", e);
        }
    }
}
