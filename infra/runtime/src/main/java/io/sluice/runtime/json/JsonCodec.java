package io.sluice.runtime.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.RuntimeFailure;
import io.sluice.runtime.json.Decoded.Intact;
import io.sluice.runtime.json.Decoded.Unreadable;
import io.sluice.schemas.event.Event;
import io.sluice.schemas.event.InvalidEventException;
import jakarta.inject.Singleton;
import java.io.IOException;

/**
 * Encodes and decodes events as JSON. Names are in snake_case, instants in ISO-8601, embeddings in base64, and metadata
 * is a plain object. Absent fields are left out when writing, and unknown fields are ignored when reading. Safe for use
 * by many threads.
 */
@Singleton
public final class JsonCodec {
    /** Deep enough for any metadata, and far below the limits of parsers and databases. */
    private static final int MAX_DEPTH = 100;

    private final ObjectMapper mapper = newMapper();

    /** {@return a new mapper with these conventions, for the caller to add to} */
    public static ObjectMapper newMapper() {
        var constraints =
                StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build();
        var factory = JsonFactory.builder()
                .streamReadConstraints(constraints)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                // an emoji takes four bytes, not the twelve of two escapes
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .build();
        return configure(new ObjectMapper(factory)).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** Applies the same conventions to an existing mapper, such as an HTTP server's. */
    public static ObjectMapper configure(ObjectMapper mapper) {
        mapper.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        return mapper.registerModule(new EventModule())
                .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .setDefaultPropertyInclusion(JsonInclude.Value.construct(Include.NON_NULL, Include.ALWAYS))
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    /** {@return the event as UTF-8 JSON} */
    public byte[] encode(Event event) {
        try {
            return mapper.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not writable as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** {@return the event that these bytes hold, or a failure that says why they hold none} */
    public <E extends Event> Decoded<E> decode(Class<E> type, byte[] json) {
        if (json.length == 0) {
            return new Unreadable<>(
                    new Fatal(RuntimeFailure.UNDECODABLE, "the value is empty; a deletion has no value"));
        }
        try {
            var event = mapper.readValue(json, type);
            return event == null
                    ? new Unreadable<>(
                            new Fatal(RuntimeFailure.UNDECODABLE, "the value is the JSON null, not an object"))
                    : new Intact<>(event);
        } catch (IOException e) {
            return new Unreadable<>(ForeignFormat.of(json)
                    .map(format -> new Fatal(RuntimeFailure.UNDECODABLE, format, e))
                    .orElseGet(() -> JsonErrors.translate(e)));
        } catch (InvalidEventException e) {
            return new Unreadable<>(JsonErrors.invalid(e));
        }
    }

    /** {@return the mapper of this codec, for JSON that is not an event; callers must not reconfigure it} */
    public ObjectMapper mapper() {
        return mapper;
    }
}
