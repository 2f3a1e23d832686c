package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.runtime.json.Decoded;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.wire.EntityVersion;
import io.sluice.stores.accounts.Role;
import io.sluice.stores.photo.PhotoLedger;
import io.sluice.testkit.TestPostgres;
import io.sluice.testkit.TestStack;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The photos of a deleted user are gone before the erasure ends. The test does the work of the indexer. */
class PhotoErasureIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonCodec CODEC = new JsonCodec();

    private final String prefix = TestStack.kafka().freshPrefix();
    private final TestPostgres.Database database = TestStack.postgres();
    private GatewayUnderTest gateway = start();

    private GatewayUnderTest start() {
        return new GatewayUnderTest(
                prefix,
                Map.of(
                        "database.url", database.url(),
                        "database.user", database.user(),
                        "s3.endpoint", TestStack.s3().url()));
    }

    @BeforeEach
    void users() {
        SignedIn.user(gateway, "boss", Role.ADMIN);
        SignedIn.user(gateway, "ann", Role.USER);
        SignedIn.user(gateway, "bob", Role.USER);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void deletesWhatTheLedgerHasAndWhatIsOnItsWayToIt() {
        var admin = SignedIn.as(gateway, "boss");
        var inLedger = upload(SignedIn.as(gateway, "ann"), 1);
        var ofBob = upload(SignedIn.as(gateway, "bob"), 2);
        index();
        var onItsWay = upload(SignedIn.as(gateway, "ann"), 3);

        var job = admin.delete("/api/v1/users/ann").header("Location");

        await().atMost(PATIENCE).until(() -> isDeleted(inLedger));
        assertThat(status(admin, job)).as("a photo is on its way").isNotEqualTo("succeeded");
        index();
        await().atMost(PATIENCE).until(() -> isDeleted(onItsWay));
        assertThat(status(admin, job)).as("the ledger has it").isNotEqualTo("succeeded");
        index();
        assertThat(gateway.bean(PhotoLedger.class).toRemove(10)).hasSize(2);
        assertThat(status(admin, job)).as("the object store has its files").isNotEqualTo("succeeded");
        removeFiles();
        await().atMost(PATIENCE).until(() -> status(admin, job).equals("succeeded"));
        assertThat(admin.get(job).json().at("/counts/photos").asInt()).isEqualTo(2);
        assertThat(isDeleted(ofBob)).isFalse();
        assertThat(gateway.bean(PhotoLedger.class).find(inLedger)).isEmpty();
        assertThat(gateway.bean(PhotoLedger.class).find(ofBob)).isPresent();
    }

    /** What is known of an erasure is in Postgres and Kafka. */
    @Test
    void anErasureWhoseGatewayEndsInItsMiddleIsFinishedByTheNext() {
        var inLedger = IntStream.range(10, 15)
                .mapToObj(seed -> upload(SignedIn.as(gateway, "ann"), seed))
                .toList();
        var ofBob = upload(SignedIn.as(gateway, "bob"), 20);
        index();
        var onItsWay = upload(SignedIn.as(gateway, "ann"), 15);
        var job = SignedIn.as(gateway, "boss").delete("/api/v1/users/ann").header("Location");
        await().atMost(PATIENCE).until(() -> inLedger.stream().allMatch(this::isDeleted));
        gateway.close();
        assertThat(isDeleted(onItsWay)).isFalse();

        gateway = start();
        var admin = SignedIn.as(gateway, "boss");
        await().atMost(PATIENCE).until(() -> admin.get(job).status() == 200);
        assertThat(status(admin, job)).isNotEqualTo("succeeded");
        index();
        await().atMost(PATIENCE).until(() -> isDeleted(onItsWay));
        index();
        removeFiles();

        await().atMost(PATIENCE).until(() -> status(admin, job).equals("succeeded"));
        assertThat(isDeleted(ofBob)).isFalse();
        assertThat(gateway.bean(PhotoLedger.class).find(inLedger).values()).allMatch(row -> row.upload() == null);
        assertThat(SignedIn.login(gateway, "ann", SignedIn.PASSWORD).status()).isEqualTo(401);
    }

    private static String status(SignedIn admin, String job) {
        return admin.get(job).json().path("status").asText();
    }

    private String upload(SignedIn user, int seed) {
        var form = new Multipart().file("files", "a.png", "image/png", Pictures.png(20, 20, seed));
        var answer = gateway.send(gateway.request(PhotoDesk.PHOTOS)
                .header("Authorization", "Bearer " + user.token())
                .header("Content-Type", form.contentType())
                .POST(BodyPublishers.ofByteArray(form.body())));
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(202);
        return answer.json().at("/photos/0/photo_id").asText();
    }

    private boolean isDeleted(String photoId) {
        return records().stream()
                        .filter(message -> new String(message.key(), UTF_8).equals(photoId))
                        .toList()
                        .getLast()
                        .value()
                == null;
    }

    private List<ConsumerRecord<byte[], byte[]>> records() {
        return TestStack.kafka().read(prefix + "photos.v1");
    }

    /** Says that the object store has removed what is noted. */
    private void removeFiles() {
        var ledger = gateway.bean(PhotoLedger.class);
        ledger.removed(ledger.toRemove(100));
    }

    /** Writes all records to the ledger, and commits them for the group of the indexer. */
    private void index() {
        var entries = new ArrayList<PhotoLedger.Entry>();
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var message : records()) {
            var id = new String(message.key(), UTF_8);
            var version = EntityVersion.of(1, message.offset());
            entries.add(
                    message.value() == null
                            ? new PhotoLedger.Deleted(id, version, Instant.now())
                            : new PhotoLedger.Uploaded(
                                    ((Decoded.Intact<PhotoSaved>) CODEC.decode(PhotoSaved.class, message.value()))
                                            .event(),
                                    version,
                                    Instant.now()));
            offsets.put(
                    new TopicPartition(message.topic(), message.partition()),
                    new OffsetAndMetadata(message.offset() + 1));
        }
        gateway.bean(PhotoLedger.class).save(entries);
        var settings = TestStack.kafka().settings().consumer(Map.of("group.id", prefix + "photo-indexer"));
        try (var consumer = new KafkaConsumer<byte[], byte[]>(settings)) {
            consumer.commitSync(offsets);
        }
    }
}
