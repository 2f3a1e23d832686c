package io.sluice.runtime.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.runtime.EventPublisher;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.event.Event;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Publishes events as JSON. A key goes to its murmur2 partition, as with Kafka's own client. */
public final class KafkaEventPublisher implements EventPublisher {
    private final KafkaWriter writer;
    private final JsonCodec codec;
    private final TopicNames names;

    public KafkaEventPublisher(KafkaWriter writer, JsonCodec codec, TopicNames names) {
        this.writer = writer;
        this.codec = codec;
        this.names = names;
    }

    @Override
    public <E extends Event> CompletableFuture<Position> publish(
            Topic<E> topic, String key, @Nullable E event, Map<String, String> headers) {
        var value = event == null ? null : codec.encode(event);
        var message = new ProducerRecord<byte[], byte[]>(names.of(topic), key.getBytes(UTF_8), value);
        headers.forEach((name, text) -> message.headers().add(name, text.getBytes(UTF_8)));
        return writer.write(message);
    }
}
