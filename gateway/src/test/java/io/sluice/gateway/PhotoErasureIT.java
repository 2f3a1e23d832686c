package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.gateway.photo.intake.PhotoEvents;
import io.sluice.runtime.json.Decoded;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.photo.PhotoFaces.Box;
import io.sluice.schemas.photo.PhotoFaces.Face;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.wire.EntityVersion;
import io.sluice.schemas.wire.Sha256;
import io.sluice.stores.accounts.Role;
import io.sluice.stores.face.FaceEnrolments;
import io.sluice.stores.face.FaceEnrolments.Enrolment;
import io.sluice.stores.face.FaceResults;
import io.sluice.stores.face.ImageHolder;
import io.sluice.stores.face.SentImage;
import io.sluice.stores.objects.ObjectStore;
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
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The photos of a deleted user are gone before the erasure ends. The test does the work of the indexer. */
class PhotoErasureIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonCodec CODEC = new JsonCodec();

    private final String prefix = TestStack.kafka().freshPrefix();
    private final TestPostgres.Database database = TestStack.postgres();
    private GatewayUnderTest gateway = start("off");

    private GatewayUnderTest start(String faces) {
        return new GatewayUnderTest(
                prefix,
                Map.of(
                        "database.url", database.url(),
                        "database.user", database.user(),
                        "s3.endpoint", TestStack.s3().url(),
                        "sluice.faces", faces));
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
        assertThat(stagesInKafka(job)).as("each is published once").doesNotHaveDuplicates();
        assertThat(database.rows("SELECT item FROM access.erased_items")).isEmpty();
    }

    /** The gateway that accepted the photo was killed before it saw that the owner was deleted. */
    @Test
    void deletesAPhotoThatComesAfterItsDeletion() {
        var admin = SignedIn.as(gateway, "boss");
        var photo = upload(SignedIn.as(gateway, "ann"), 1);
        index();
        var saved = gateway.bean(PhotoLedger.class)
                .find(photo)
                .flatMap(row -> Optional.ofNullable(row.upload()))
                .orElseThrow()
                .photo();
        var job = admin.delete("/api/v1/users/ann").header("Location");
        await().atMost(PATIENCE).until(() -> isDeleted(photo));
        gateway.bean(PhotoEvents.class).save(saved).join().outcome().cancel(false);

        index();
        await().atMost(PATIENCE).until(() -> isDeleted(photo));
        index();
        removeFiles();

        await().atMost(PATIENCE).until(() -> status(admin, job).equals("succeeded"));
        assertThat(admin.get(job).json().at("/counts/photos").asInt()).isEqualTo(1);
    }

    @Test
    void namesTheDeadLetterThatItWaitsFor() {
        var admin = SignedIn.as(gateway, "boss");
        var photo = upload(SignedIn.as(gateway, "ann"), 1);
        var uploaded = version(photo);
        index();
        var job = admin.delete("/api/v1/users/ann").header("Location");
        await().atMost(PATIENCE).until(() -> isDeleted(photo));
        letter(40, photo, uploaded);
        letter(41, photo, version(photo));

        await().atMost(PATIENCE).until(() -> status(admin, job).equals("retrying"));
        assertThat(admin.get(job).json().at("/error/code").asText()).isEqualTo("REKOGNITION_REJECTED");
        assertThat(admin.get(job).json().at("/error/message").asText())
                .contains("./sluice dead-letters redrive prepared-photos.v1.rekognizer.dlq 0-41")
                .doesNotContain(photo);

        database.run("UPDATE operations.dead_letters SET state = 'mended'");
        await().atMost(PATIENCE).until(() -> status(admin, job).equals("processing"));
        assertThat(admin.get(job).json().at("/error/code").asText()).isEmpty();
    }

    /** A letter of the rekognizer about a record of the photo. */
    private void letter(long offset, String photo, long version) {
        database.run("""
                INSERT INTO operations.dead_letters (topic, partition, position, pipeline, consumer_group, key, code,
                    message, attempts, failed_at, redrives, orig_topic, orig_partition, orig_offset, version, state)
                VALUES ('prepared-photos.v1.rekognizer.dlq', 0, %d, 'rekognizer', 'rekognizer', '%s',
                    'REKOGNITION_REJECTED', 'no', 5, now(), 0, 'prepared-photos.v1', 0, %d, %d, 'open')""".formatted(offset, photo, offset, version));
    }

    private long version(String photo) {
        return EntityVersion.of(
                1,
                records().stream()
                        .filter(message -> new String(message.key(), UTF_8).equals(photo))
                        .toList()
                        .getLast()
                        .offset());
    }

    private List<String> stagesInKafka(String job) {
        var id = job.substring(job.lastIndexOf('/') + 1);
        return TestStack.kafka().read(prefix + "job-events.v1").stream()
                .filter(message -> new String(message.key(), UTF_8).equals(id))
                .map(message -> ((Decoded.Intact<JobEvent>) CODEC.decode(JobEvent.class, message.value())).event())
                .map(JobEvent::stage)
                .toList();
    }

    @Test
    void theNextGatewayCountsAndAwaitsWhatTheFirstHasDeleted() {
        gateway.close();
        gateway = start("on");
        var photo = upload(SignedIn.as(gateway, "ann"), 1);
        index();
        var ann = SignedIn.as(gateway, "ann")
                .get("/api/my-photos")
                .json()
                .at("/photos/0/owner")
                .asText();
        index(ImageHolder.photo(photo), "face-in-photo");
        enroll(ann);
        var job = SignedIn.as(gateway, "boss").delete("/api/v1/users/ann").header("Location");
        await().atMost(PATIENCE).until(() -> isDeleted(photo) && faceDeletions().size() == 1);
        index();
        removeFace(ann);
        removeFiles();
        gateway.close();

        gateway = start("on");
        var admin = SignedIn.as(gateway, "boss");
        await().atMost(PATIENCE).until(() -> faceDeletions().size() == 2);
        removeFace(ann);
        await().atMost(PATIENCE).until(() -> at(admin, job, "face-erased") != null);
        var before = Instant.now();
        drop(ImageHolder.photo(photo), version(photo));

        await().atMost(PATIENCE).until(() -> status(admin, job).equals("succeeded"));
        assertThat(at(admin, job, "photos-erased"))
                .as("the provider had a face of the photo until then")
                .isAfterOrEqualTo(before);
        assertThat(admin.get(job).json().at("/counts/photos").asInt()).isEqualTo(1);
        assertThat(admin.get(job).json().at("/counts/selfies").asInt()).isEqualTo(1);
    }

    private static @Nullable Instant at(SignedIn admin, String job, String stage) {
        for (var one : admin.get(job).json().path("stages")) {
            if (one.path("stage").asText().equals(stage)) {
                return Instant.parse(one.path("at").asText());
            }
        }
        return null;
    }

    private List<ConsumerRecord<byte[], byte[]>> faceDeletions() {
        return TestStack.kafka().read(prefix + "face-enrolments.v1");
    }

    /** Says that the provider has a face of the image. */
    private void index(ImageHolder holder, String faceId) {
        var results = gateway.bean(FaceResults.class);
        var claim = results.claim(holder, 1, new SentImage(Sha256.of(faceId.getBytes(UTF_8)), "IndexFaces", "", "7.0"));
        results.keep((FaceResults.Granted) claim, List.of(new Face(faceId, new Box(0, 0, 1, 1), 99)));
    }

    private void enroll(String user) {
        index(ImageHolder.enrolment(user), "face-of-ann");
        var selfie = gateway.bean(ObjectStore.class).put("faces/" + user + "/a", Pictures.png(90, 80, 1), "image/png");
        var sha256 = Sha256.of("face-of-ann".getBytes(UTF_8));
        gateway.bean(FaceEnrolments.class)
                .save(new Enrolment(user, 1, "face-of-ann", sha256, "7.0", selfie, Instant.now()), 80);
    }

    /** Does what the rekognizer does with the last deletion of the user's face. */
    private void removeFace(String user) {
        var version = EntityVersion.of(1, faceDeletions().getLast().offset());
        gateway.bean(FaceEnrolments.class).delete(user, version);
        drop(ImageHolder.candidate(user), version);
        drop(ImageHolder.enrolment(user), version);
    }

    private void drop(ImageHolder holder, long version) {
        var results = gateway.bean(FaceResults.class);
        if (results.drop(holder, version) instanceof FaceResults.Removal removal) {
            results.removed(removal);
        }
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

        gateway = start("off");
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
