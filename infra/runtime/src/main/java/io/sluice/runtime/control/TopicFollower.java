package io.sluice.runtime.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.runtime.json.Decoded;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.ConsumerSpec;
import io.sluice.runtime.kafka.ConsumerThread;
import io.sluice.runtime.kafka.Consumers;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.schemas.Topic;
import io.sluice.schemas.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all of a topic with one partition, from its beginning, and then follows it. It has no consumer group, so every
 * process gets every record. While Kafka does not answer, it tries again every second.
 */
public final class TopicFollower<E extends Event> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final TopicPartition partition;
    private final JsonCodec codec;
    private final Topic<E> topic;
    private final BiConsumer<String, Optional<E>> listener;

    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final ConsumerThread thread;
    /** Where a new consumer continues to read; null: at the beginning. */
    private @Nullable Long position;

    /**
     * Makes a follower that does not read yet.
     *
     * @param listener gets each record's key, and its event; empty for a tombstone. One thread calls it, in the order of
     *     the topic
     */
    public TopicFollower(
            Consumers consumers,
            TopicNames names,
            JsonCodec codec,
            Topic<E> topic,
            BiConsumer<String, Optional<E>> listener) {
        this.partition = new TopicPartition(names.of(topic), 0);
        this.codec = codec;
        this.topic = topic;
        this.listener = listener;
        this.thread = new ConsumerThread(name(), () -> consumers.create(spec()), this::follow);
    }

    /** Starts to read. The topic must exist. */
    public void start() {
        thread.start();
    }

    /** {@return whether every record that existed at the start has been read, within this time} */
    public boolean awaitCaughtUp(Duration patience) throws InterruptedException {
        return caughtUp.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void follow(Consumer<byte[], byte[]> consumer) {
        consumer.assign(List.of(partition));
        if (position == null) {
            consumer.seekToBeginning(List.of(partition));
        } else {
            consumer.seek(partition, position);
        }
        var end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        while (!thread.isStopping()) {
            if (caughtUp.getCount() > 0 && consumer.position(partition) >= end) {
                caughtUp.countDown();
            }
            for (var message : consumer.poll(POLL)) {
                position = message.offset() + 1;
                read(message);
            }
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> message) {
        if (message.key() == null) {
            return;
        }
        var key = new String(message.key(), UTF_8);
        if (message.value() == null) {
            listener.accept(key, Optional.empty());
            return;
        }
        switch (codec.decode(topic.type(), message.value())) {
            case Decoded.Intact<E>(var event) -> listener.accept(key, Optional.of(event));
            case Decoded.Unreadable<E>(var failure) ->
                LOG.atWarn()
                        .addKeyValue("topic", message.topic())
                        .addKeyValue("offset", message.offset())
                        .addKeyValue("code", failure.code().name())
                        .log("skipped an unreadable record");
        }
    }

    /** A small topic is read with small buffers, and without offsets of a group. */
    private ConsumerSpec spec() {
        return new ConsumerSpec(
                name(),
                name(),
                Map.of(),
                Map.of(
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                        1,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false));
    }

    private String name() {
        return topic.name().replaceFirst("\\.v\\d+$", "");
    }

    @Override
    public void close() {
        thread.close();
    }
}
