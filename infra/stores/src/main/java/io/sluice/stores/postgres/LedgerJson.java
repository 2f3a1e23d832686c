package io.sluice.stores.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.runtime.JsonCodec;
import io.sluice.schemas.product.Metadata;
import io.sluice.schemas.wire.StoredObject;

/** The JSON columns of the ledger; they hold what is on the wire. */
final class LedgerJson {
    private static final ObjectMapper JSON = JsonCodec.newMapper();

    private LedgerJson() {}

    static String write(Metadata metadata) {
        return text(metadata);
    }

    static String write(StoredObject image) {
        return text(image);
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

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not writable as JSON", e);
        }
    }
}
