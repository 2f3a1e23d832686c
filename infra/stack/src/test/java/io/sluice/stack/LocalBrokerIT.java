package io.sluice.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerIT {
    private static final TopicPartition PARTITION = new TopicPartition("kept", 0);

    @TempDir
    Path dir;

    @Test
    void keepsItsIdentityAndItsRecordsAcrossACleanStop() throws Exception {
        String cluster;
        int port;
        try (var broker = LocalBroker.start(dir)) {
            port = broker.port();
            cluster = clusterId(broker);
            createTopic(broker.bootstrapServers());
            send(broker.bootstrapServers(), "first");
        }

        try (var broker = LocalBroker.start(dir, Part.LOOPBACK, port)) {
            send(broker.bootstrapServers(), "second");

            assertThat(clusterId(broker)).isEqualTo(cluster);
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            assertThat(read(broker.bootstrapServers(), 2)).containsExactly("first", "second");
        }
    }

    @Test
    void losesNothingThatWasAcknowledgedWhenItsProcessIsKilled() throws Exception {
        int port;
        try (var killed = PartProcess.start("kafka", dir, 0)) {
            port = killed.port();
            createTopic(killed.address());
            send(killed.address(), "first");
        }

        try (var broker = LocalBroker.start(dir, Part.LOOPBACK, port)) {
            send(broker.bootstrapServers(), "second");
            assertThat(read(broker.bootstrapServers(), 2)).containsExactly("first", "second");
        }
    }

    @Test
    void namesTheVariableWhenItsPortIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalBroker.start(dir, Part.LOOPBACK, taken.getLocalPort()))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()))
                    .hasMessageContaining("SLUICE_KAFKA_PORT");
        }
    }

    static void createTopic(String bootstrapServers) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(PARTITION.topic(), 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    static void send(String bootstrapServers, String value) throws Exception {
        var settings = Map.<String, Object>of("bootstrap.servers", bootstrapServers, "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(PARTITION.topic(), value)).get();
        }
    }

    static List<String> read(String bootstrapServers, int count) {
        var settings = Map.<String, Object>of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            var values = new ArrayList<String>();
            var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(r -> values.add(r.value()));
            }
            consumer.poll(Duration.ofMillis(50)).forEach(r -> values.add(r.value()));
            return values;
        }
    }

    private static String clusterId(LocalBroker broker) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.describeCluster().clusterId().get();
        }
    }
}
