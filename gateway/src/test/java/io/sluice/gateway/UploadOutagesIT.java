package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.gateway.PausedUpload.Answer;
import io.sluice.runtime.kafka.KafkaSettings;
import io.sluice.stack.LocalBroker;
import io.sluice.stack.LocalObjectStore;
import io.sluice.stack.LocalPostgres;
import io.sluice.stores.accounts.Role;
import io.sluice.testkit.TestStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Kafka, Postgres or the object store goes away while the photos of one upload arrive. Each file has its own answer, and
 * what is called queued is in Kafka.
 */
class UploadOutagesIT {
    private static final int FIRST = 6;
    private static final int ALL = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Path brokerFolder = TestStack.newFolder("broker");
    private final Path storeFolder = TestStack.newFolder("objects");
    private final List<byte[]> photos =
            IntStream.range(0, ALL).mapToObj(i -> Pictures.png(20, 20, 100 + i)).toList();
    private LocalBroker broker;
    private LocalObjectStore store;
    private LocalPostgres postgres;
    private GatewayUnderTest gateway;
    private SignedIn ann;

    @BeforeEach
    void start() {
        broker = LocalBroker.start(brokerFolder);
        store = LocalObjectStore.start(storeFolder);
        postgres = LocalPostgres.start(TestStack.newFolder("postgres"));
        gateway = new GatewayUnderTest(
                "",
                Map.of(
                        "kafka.bootstrap.servers", broker.bootstrapServers(),
                        "sluice.http.accept-timeout", "2s",
                        "s3.endpoint", store.url(),
                        "database.url", postgres.jdbcUrl(),
                        "database.user", postgres.user()));
        SignedIn.user(gateway, "ann", Role.USER);
        ann = SignedIn.as(gateway, "ann");
    }

    @AfterEach
    void stop() {
        gateway.close();
        postgres.close();
        store.close();
        broker.close();
    }

    @Test
    void withoutPostgresAllPhotosAreAccepted() throws Exception {
        var answer = upload(() -> postgres.close());

        assertThat(statuses(answer.json())).hasSize(ALL).containsOnly("queued");
        assertThat(inKafka()).isEqualTo(queued(answer));
    }

    @Test
    void withoutTheObjectStoreTheOtherPhotosAreRejectedAndCanBeSentAgain() throws Exception {
        var port = store.port();
        var answer = upload(() -> store.close());

        assertThat(statuses(answer.json()).subList(0, FIRST)).containsOnly("queued");
        rejectsTheOthers(answer, "OBJECT_STORE_UNAVAILABLE");
        assertThat(inKafka()).isEqualTo(queued(answer));
        store = LocalObjectStore.start(storeFolder, "127.0.0.1", port);
        sentAgain();
    }

    @Test
    void withoutKafkaTheOtherPhotosAreRejectedAndCanBeSentAgain() throws Exception {
        var port = broker.port();
        var answer = upload(() -> broker.close());

        assertThat(statuses(answer.json()).subList(0, FIRST)).containsOnly("queued");
        rejectsTheOthers(answer, "KAFKA_UNAVAILABLE");
        broker = LocalBroker.start(brokerFolder, "127.0.0.1", port);
        assertThat(inKafka()).containsAll(queued(answer));
        sentAgain();
    }

    private static void rejectsTheOthers(Answer answer, String code) {
        assertThat(statuses(answer.json())).hasSize(ALL);
        assertThat(statuses(answer.json()).subList(FIRST, ALL)).containsOnly("rejected");
        for (var i = FIRST; i < ALL; i++) {
            var error = answer.json().at("/photos/" + i + "/error");
            assertThat(error.path("code").asText()).isEqualTo(code);
            assertThat(error.path("retryable").asBoolean()).isTrue();
        }
    }

    /** What was accepted before is a duplicate, and the others are accepted now. */
    private void sentAgain() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            var form = new Multipart();
            photos.forEach(photo -> form.file("files", "a.png", "image/png", photo));
            var answer = gateway.post(PhotoDesk.PHOTOS, form, "Authorization", "Bearer " + ann.token());
            assertThat(answer.status()).as("%s", answer.json()).isEqualTo(202);
            assertThat(statuses(answer.json())).hasSize(ALL).doesNotContain("rejected");
            assertThat(statuses(answer.json()).subList(0, FIRST)).containsOnly("duplicate");
        });
        assertThat(inKafka()).hasSize(ALL);
    }

    /** Uploads all photos. When the first half is in Kafka, something goes away. */
    private Answer upload(Runnable goesAway) throws Exception {
        try (var upload = new PausedUpload(ann, photos, FIRST)) {
            await().atMost(PATIENCE).until(() -> inKafka().size() == FIRST);
            goesAway.run();
            var answer = upload.finish();
            assertThat(answer.status()).as("%s", answer.json()).isEqualTo(202);
            return answer;
        }
    }

    /** {@return the ids of the photos in the topic; each is there once} */
    private Set<String> inKafka() {
        var settings = KafkaSettings.of(broker.bootstrapServers()).consumer(Map.of("auto.offset.reset", "earliest"));
        try (var consumer = new KafkaConsumer<byte[], byte[]>(settings)) {
            var partitions = consumer.partitionsFor("photos.v1").stream()
                    .map(partition -> new TopicPartition("photos.v1", partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var ids = new ArrayList<String>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(message -> ids.add(new String(message.key(), UTF_8)));
            }
            assertThat(ids).doesNotHaveDuplicates();
            return Set.copyOf(ids);
        }
    }

    private static List<String> statuses(JsonNode answer) {
        return answer.path("photos").findValuesAsText("status");
    }

    private static Set<String> queued(Answer answer) {
        var ids = new HashSet<String>();
        StreamSupport.stream(answer.json().path("photos").spliterator(), false)
                .filter(photo -> photo.path("status").asText().equals("queued"))
                .forEach(photo -> ids.add(photo.path("photo_id").asText()));
        return ids;
    }
}
