package io.sluice.cli.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Formats records. Hidden characters are shown as escapes. Bytes that are not UTF-8 are shown as {@code base64:} and the bytes in base64. */
final class RecordText {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private RecordText() {}

    /** {@return text for people: a line with position and key, a line for each header, a line with the value} */
    static List<String> lines(ConsumerRecord<byte[], byte[]> record) {
        var lines = new ArrayList<String>();
        lines.add("%s-%d@%d  %s  key=%s"
                .formatted(
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        Instant.ofEpochMilli(record.timestamp()),
                        text(record.key())));
        for (var header : record.headers()) {
            lines.add("  %s: %s".formatted(header.key(), text(header.value())));
        }
        lines.add("  " + text(record.value()));
        return lines;
    }

    /** {@return one JSON object for programs; its value is JSON if the record's is, and null for a tombstone} */
    static String json(ConsumerRecord<byte[], byte[]> record) {
        var object = JsonNodeFactory.instance.objectNode();
        object.put("topic", record.topic());
        object.put("partition", record.partition());
        object.put("offset", record.offset());
        object.put("timestamp", Instant.ofEpochMilli(record.timestamp()).toString());
        object.put("key", record.key() == null ? null : text(record.key()));
        var headers = object.putObject("headers");
        record.headers().forEach(header -> headers.put(header.key(), text(header.value())));
        object.set("value", value(record.value()));
        return object.toString();
    }

    private static JsonNode value(byte @Nullable [] bytes) {
        if (bytes == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        var text = text(bytes);
        try {
            var parsed = JSON.readTree(text);
            return parsed.isContainerNode() ? parsed : JsonNodeFactory.instance.textNode(text);
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }

    private static String text(byte @Nullable [] bytes) {
        if (bytes == null) {
            return "(null)";
        }
        try {
            return UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return "base64:" + Base64.getEncoder().encodeToString(bytes);
        }
    }
}
