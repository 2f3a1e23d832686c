package io.sluice.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import io.sluice.runtime.kafka.Brokers;
import io.sluice.runtime.kafka.KafkaSettings;
import io.sluice.stack.LocalBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A real broker, with methods to write and read its topics. Safe for use by many threads. */
public final class TestKafka implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LocalBroker broker;
    private final KafkaSettings settings;
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;
    private final AtomicInteger prefixes = new AtomicInteger();

    TestKafka(LocalBroker broker) {
        this.broker = broker;
        this.settings = KafkaSettings.of(broker.bootstrapServers());
        this.admin = Admin.create(settings.admin());
        this.producer = new KafkaProducer<>(settings.producer());
    }

    /** {@return the settings for clients of this broker} */
    public KafkaSettings settings() {
        return settings;
    }

    /** {@return the admin calls, with timeouts that suit a loaded machine} */
    public Brokers brokers() {
        return new Brokers(() -> admin, bootstrapServers(), PATIENCE);
    }

    /** {@return {@code host:port}} */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** {@return a topic prefix that no other test in this JVM has} */
    public String freshPrefix() {
        return "t" + prefixes.incrementAndGet() + ".";
    }

    /** Writes a record to its murmur2 partition and waits for the acknowledgment. A null value is a tombstone. */
    public void write(String topic, String key, @Nullable String value, Map<String, String> headers) {
        var message = new ProducerRecord<byte[], byte[]>(
                topic, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
        headers.forEach((name, text) -> message.headers().add(name, text.getBytes(UTF_8)));
        write(List.of(message));
    }

    /** Writes records as they are and waits for the acknowledgments. */
    public void write(List<ProducerRecord<byte[], byte[]>> messages) {
        var sent = messages.stream().map(producer::send).toList();
        producer.flush();
        for (var ack : sent) {
            try {
                ack.get();
            } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException("the test's record was not written", e);
            }
        }
    }

    /**
     * {@return all committed records that are in the topic now, in order within each partition; none if the topic does
     * not exist}
     */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = new KafkaConsumer<byte[], byte[]>(
                settings.consumer(Map.of("isolation.level", "read_committed", "auto.offset.reset", "earliest")))) {
            if (!get(admin.listTopics().names()).contains(topic)) {
                return found;
            }
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(found::add);
            }
        }
        return found;
    }

    /** {@return the values of {@link #read} as text; a tombstone is the text {@code null}} */
    public List<String> readText(String topic) {
        return read(topic).stream()
                .map(message -> message.value() == null ? "null" : new String(message.value(), UTF_8))
                .toList();
    }

    /** {@return the text of a record's header; null when it has none of that name} */
    public static @Nullable String header(ConsumerRecord<?, ?> message, String name) {
        var header = message.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), UTF_8);
    }

    /** {@return a record's headers as text, the last of each name} */
    public static Map<String, String> headers(ConsumerRecord<?, ?> message) {
        var all = new TreeMap<String, String>();
        message.headers().forEach(header -> all.put(header.key(), new String(header.value(), UTF_8)));
        return all;
    }

    /** {@return how many records of the topic the group has not committed yet} */
    public long lag(String group, String topic) {
        var committed = committed(group);
        var begins = offsets(topic, OffsetSpec.earliest());
        return offsets(topic, OffsetSpec.latest()).entrySet().stream()
                .mapToLong(end -> {
                    var at = committed.get(end.getKey());
                    return end.getValue() - (at == null ? begins.getOrDefault(end.getKey(), 0L) : at.offset());
                })
                .sum();
    }

    private Map<TopicPartition, Long> offsets(String topic, OffsetSpec which) {
        var description =
                get(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
        var asked = Objects.requireNonNull(description, topic).partitions().stream()
                .collect(toMap(partition -> new TopicPartition(topic, partition.partition()), partition -> which));
        return get(admin.listOffsets(asked).all()).entrySet().stream()
                .collect(toMap(Map.Entry::getKey, found -> found.getValue().offset()));
    }

    /** {@return the offsets that the group has committed, by partition} */
    public Map<TopicPartition, OffsetAndMetadata> committed(String group) {
        return get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    }

    /** {@return the admin client, for calls that only a test needs} */
    public Admin admin() {
        return admin;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
        admin.close(Duration.ofSeconds(1));
        broker.close();
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("the test's broker does not answer", e);
        }
    }
}
