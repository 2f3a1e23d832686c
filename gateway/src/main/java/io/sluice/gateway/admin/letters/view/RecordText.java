package io.sluice.gateway.admin.letters.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.NullNode;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.text.VisibleText;
import io.sluice.schemas.wire.Headers;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Makes the bytes of a record readable. */
@Singleton
final class RecordText {
    private final ObjectReader json;

    RecordText(JsonCodec codec) {
        this.json = codec.mapper()
                .readerFor(JsonNode.class)
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
    }

    /** A value: as JSON, or as base64 and text. */
    record Value(
            @Nullable JsonNode json,
            @Nullable String base64,
            @Nullable String text) {}

    Value value(byte @Nullable [] bytes) {
        if (bytes == null) {
            return new Value(NullNode.getInstance(), null, null);
        }
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            JsonNode read = json.readValue(bytes);
            if (read != null && !read.isMissingNode()) {
                return new Value(read, null, null);
            }
        } catch (CharacterCodingException | JsonProcessingException e) {
            // it is not JSON: shown as text
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Value(null, Base64.getEncoder().encodeToString(bytes), VisibleText.of(new String(bytes, UTF_8)));
    }

    /** {@return the headers by name; of several with one name, the last} */
    static Map<String, String> headers(ConsumerRecord<byte[], byte[]> message) {
        var all = new LinkedHashMap<String, String>();
        message.headers()
                .forEach(header -> all.put(
                        VisibleText.of(header.key()),
                        header.value() == null ? "" : VisibleText.of(new String(header.value(), UTF_8))));
        return all;
    }

    /** {@return what the headers say, in sentences} */
    static List<String> about(Map<String, String> headers) {
        var sentences = new ArrayList<String>();
        add(
                sentences,
                headers,
                "The record was read from %s, partition %s, offset %s.",
                Headers.ORIG_TOPIC,
                Headers.ORIG_PARTITION,
                Headers.ORIG_OFFSET);
        if (headers.getOrDefault(Headers.ORIG_TIMESTAMP, "").matches("[0-9]{1,14}")) {
            var written = Instant.ofEpochMilli(Long.parseLong(headers.get(Headers.ORIG_TIMESTAMP)));
            sentences.add("It was written at " + written + ".");
        }
        add(sentences, headers, "It first failed at %s.", Headers.FIRST_FAILED_AT);
        add(
                sentences,
                headers,
                "The consumer group %s gave it up after attempt %s.",
                Headers.CONSUMER_GROUP,
                Headers.ATTEMPT);
        add(sentences, headers, "The reason was %s: %s", Headers.ERROR_CLASS, Headers.ERROR_MESSAGE);
        add(sentences, headers, "The exception was %s.", Headers.ERROR_TYPE);
        add(sentences, headers, "It is version %s of its entity.", Headers.ENTITY_VERSION);
        add(sentences, headers, "It belongs to the job %s.", Headers.JOB_ID);
        if (!headers.getOrDefault(Headers.REDRIVE_COUNT, "0").equals("0")) {
            add(sentences, headers, "It had been sent back %s times before.", Headers.REDRIVE_COUNT);
        }
        add(sentences, headers, "It was sent back from the letter %s.", Headers.LETTER);
        return sentences;
    }

    private static void add(List<String> sentences, Map<String, String> headers, String sentence, String... names) {
        var values = new ArrayList<String>();
        for (var name : names) {
            var value = headers.get(name);
            if (value != null) {
                values.add(value);
            }
        }
        if (values.size() == names.length) {
            sentences.add(sentence.formatted(values.toArray()));
        }
    }
}
