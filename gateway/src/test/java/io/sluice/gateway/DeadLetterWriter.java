package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.stores.letters.LetterId;
import io.sluice.testkit.TestStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes the dead letters of one processor, as the runtime does. */
final class DeadLetterWriter {
    private static final AtomicLong ORIGINALS = new AtomicLong();

    final String source;
    final String topic;
    private final GatewayUnderTest gateway;
    private final String group;

    /** Makes the dead-letter topic, and the retry topic of the consumer group. */
    DeadLetterWriter(GatewayUnderTest gateway, String source, String processor, String group) {
        this.gateway = gateway;
        this.source = source;
        this.topic = source + "." + processor + ".dlq";
        this.group = group;
        create(topic);
        create(retries());
    }

    String retries() {
        return source + "." + group + ".retry-10s";
    }

    private void create(String name) {
        try {
            TestStack.kafka()
                    .admin()
                    .createTopics(List.of(new NewTopic(gateway.topic(name), 1, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return the headers of a letter about a new original record} */
    Map<String, String> headers(String code, String message) {
        var original = ORIGINALS.incrementAndGet();
        return new HashMap<>(Map.ofEntries(
                Map.entry("x-orig-topic", gateway.topic(source)),
                Map.entry("x-orig-partition", "1"),
                Map.entry("x-orig-offset", String.valueOf(original)),
                Map.entry("x-orig-timestamp", "1764200000000"),
                Map.entry("x-entity-version", String.valueOf(original)),
                Map.entry("x-error-class", code),
                Map.entry("x-error-message", message),
                Map.entry("x-attempt", "1"),
                Map.entry("x-first-failed-at", "2026-11-27T12:00:00Z"),
                Map.entry("x-consumer-group", gateway.topic(group)),
                Map.entry("x-redrive-count", "0")));
    }

    LetterId write(@Nullable String key, byte @Nullable [] value, Map<String, String> headers) {
        return write(List.of(message(key, value, headers))).getFirst();
    }

    LetterId write(String key, String value, Map<String, String> headers) {
        return write(key, value.getBytes(UTF_8), headers);
    }

    ProducerRecord<byte[], byte[]> message(@Nullable String key, byte @Nullable [] value, Map<String, String> headers) {
        var message = new ProducerRecord<byte[], byte[]>(
                gateway.topic(topic), key == null ? null : key.getBytes(UTF_8), value);
        headers.forEach((name, text) -> message.headers().add(name, text.getBytes(UTF_8)));
        return message;
    }

    /** {@return the ids of the letters} */
    List<LetterId> write(List<ProducerRecord<byte[], byte[]>> messages) {
        var before = TestStack.kafka().read(gateway.topic(topic)).size();
        TestStack.kafka().write(messages);
        var ids = new ArrayList<LetterId>();
        for (var i = 0; i < messages.size(); i++) {
            ids.add(new LetterId(topic, 0, before + i));
        }
        return ids;
    }

    static Duration patience() {
        return Duration.ofSeconds(30);
    }
}
