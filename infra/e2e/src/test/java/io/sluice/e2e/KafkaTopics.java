package io.sluice.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to topics and reads them, as an upstream system or an operator with {@code kcat} would. */
final class KafkaTopics implements AutoCloseable {
    /**
     * The session timeout that lets a group notice a killed process after 6 s, the shortest that a broker allows by
     * default, instead of 15 s.
     */
    static final Map<String, String> SHORT_SESSIONS =
            Map.of("KAFKA_SESSION_TIMEOUT_MS", "6000", "KAFKA_HEARTBEAT_INTERVAL_MS", "1500");

    private final String bootstrapServers;
    private final KafkaProducer<byte[], byte[]> producer;

    KafkaTopics(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void send(ProducerRecord<byte[], byte[]> record) throws InterruptedException, ExecutionException {
        producer.send(record).get();
    }

    int partitions(String topic) {
        return producer.partitionsFor(topic).size();
    }

    /** {@return every record of a topic; none when there is no such topic} */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) throws InterruptedException, ExecutionException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            if (!admin.listTopics().names().get().contains(topic)) {
                return List.of();
            }
        }
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", "false");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }

    /** {@return how many records all dead-letter topics hold} */
    long deadLetters() throws InterruptedException, ExecutionException {
        List<String> topics;
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            topics = admin.listTopics().names().get().stream()
                    .filter(name -> name.endsWith(".dlq"))
                    .toList();
        }
        long count = 0;
        for (var topic : topics) {
            count += read(topic).size();
        }
        return count;
    }

    @Override
    public void close() {
        producer.close();
    }
}
