package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.gateway.GatewayUnderTest.Answer;
import io.sluice.runtime.json.Decoded;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.TopicPlan;
import io.sluice.schemas.Topics;
import io.sluice.schemas.face.FaceEnrolled;
import io.sluice.schemas.photo.PhotoFaces;
import io.sluice.schemas.photo.PhotoFaces.Box;
import io.sluice.schemas.photo.PhotoFaces.Face;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.schemas.wire.EntityVersion;
import io.sluice.schemas.wire.Headers;
import io.sluice.schemas.wire.Sha256;
import io.sluice.stores.accounts.Role;
import io.sluice.stores.face.FaceEnrolments;
import io.sluice.stores.face.FaceEnrolments.Enrolment;
import io.sluice.stores.face.FaceMatches;
import io.sluice.stores.face.FaceMatches.Match;
import io.sluice.stores.face.FaceResults;
import io.sluice.stores.face.ImageHolder;
import io.sluice.stores.face.SentImage;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.photo.PhotoLedger;
import io.sluice.testkit.TestKafka;
import io.sluice.testkit.TestPostgres;
import io.sluice.testkit.TestStack;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The faces of users over HTTP. The test does the work of the indexer and of the rekognizer. */
class FacesIT {
    private static final String FACE = "/api/v1/me/face";
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final JsonCodec CODEC = new JsonCodec();
    private static final AtomicLong SEED = new AtomicLong();
    private static final TestPostgres.Database DATABASE = TestStack.postgres();
    private static final String PREFIX = TestStack.kafka().freshPrefix();
    private static final GatewayUnderTest GATEWAY = gateway("on");

    private static SignedIn admin;

    private static GatewayUnderTest gateway(String faces) {
        return new GatewayUnderTest(
                PREFIX,
                Map.of(
                        "database.url", DATABASE.url(),
                        "database.user", DATABASE.user(),
                        "s3.endpoint", TestStack.s3().url(),
                        "sluice.faces", faces));
    }

    @BeforeAll
    static void start() {
        SignedIn.user(GATEWAY, "boss", Role.ADMIN);
        admin = SignedIn.as(GATEWAY, "boss");
    }

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    /** A user of one test. */
    private record Person(String id, SignedIn signedIn) {
        static Person named(String name) {
            var id = SignedIn.user(GATEWAY, name, Role.USER).id().toString();
            return new Person(id, SignedIn.as(GATEWAY, name));
        }

        Answer enroll(Multipart form) {
            return put(GATEWAY, signedIn, form);
        }

        JsonNode get(String path) {
            return signedIn.get(path).json();
        }

        int status(String path) {
            return signedIn.get(path).status();
        }
    }

    private static Answer put(GatewayUnderTest gateway, SignedIn caller, Multipart form) {
        return gateway.send(gateway.request(FACE)
                .header("Authorization", "Bearer " + caller.token())
                .header("Content-Type", form.contentType())
                .PUT(BodyPublishers.ofByteArray(form.body())));
    }

    private static byte[] picture() {
        return Pictures.png(90, 80, SEED.incrementAndGet());
    }

    private static Multipart form(byte[] picture) {
        return new Multipart().file("file", "me.png", "image/png", picture);
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(String userId) {
        return TestStack.kafka().read(PREFIX + "face-enrolments.v1").stream()
                .filter(message -> new String(message.key(), UTF_8).equals(userId))
                .toList();
    }

    private static FaceEnrolled enrolled(ConsumerRecord<byte[], byte[]> message) {
        return ((Decoded.Intact<FaceEnrolled>) CODEC.decode(FaceEnrolled.class, message.value())).event();
    }

    @Test
    void aSelfieIsStoredAndPublishedWithItsJobBeforeTheAnswer() {
        var ann = Person.named("ann");
        var picture = picture();
        var before = Instant.now();

        var answer = ann.enroll(form(picture).field("consent", "true"));

        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(202);
        var jobId = answer.json().path("job_id").asText();
        assertThat(answer.header("Location")).isEqualTo("/api/v1/jobs/" + jobId);
        var message = records(ann.id()).getLast();
        assertThat(TestKafka.header(message, Headers.JOB_ID)).isEqualTo(jobId);
        var event = enrolled(message);
        assertThat(event.userId()).isEqualTo(ann.id());
        assertThat(event.consentedAt()).isBetween(before, Instant.now());
        assertThat(event.selfie().key()).matches("faces/" + ann.id() + "/" + Sha256.of(picture) + "-[0-9a-f-]{36}");
        assertThat(event.selfie().contentType()).isEqualTo("image/png");
        assertThat(GATEWAY.bean(ObjectStore.class).get(event.selfie(), 1L << 30))
                .isEqualTo(picture);
        var job = ann.get("/api/v1/jobs/" + jobId);
        assertThat(job.path("kind").asText()).isEqualTo("face-enrolment");
        assertThat(job.path("status").asText()).isEqualTo("queued");
        assertThat(Person.named("ann-2").status("/api/v1/jobs/" + jobId)).isEqualTo(404);
    }

    @Test
    void nothingIsStoredWithoutConsent() {
        var bob = Person.named("bob");
        for (var form : List.of(form(picture()), form(picture()).field("consent", "false"))) {
            var answer = bob.enroll(form);

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.json().path("code").asText()).isEqualTo("CONSENT_REQUIRED");
            assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("consent");
            assertThat(answer.json().path("detail").asText())
                    .contains("Amazon Rekognition", "compared with the faces in all photos", "until they delete it");
        }
        assertThat(records(bob.id())).isEmpty();
        assertThat(GATEWAY.bean(ObjectStore.class).list("faces/" + bob.id(), null, 10))
                .isEmpty();
    }

    @Test
    void refusesWhatIsNoPictureAndFieldsThatItDoesNotKnow() {
        var cid = Person.named("cid");

        assertThat(cid.enroll(form("no picture".getBytes(UTF_8)).field("consent", "true"))
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("IMAGE_FORMAT_UNSUPPORTED");
        var missing = cid.enroll(new Multipart().field("consent", "true").field("name", "x"));
        assertThat(missing.status()).isEqualTo(422);
        assertThat(missing.json().path("errors").findValuesAsText("field")).containsExactlyInAnyOrder("file", "name");
        assertThat(records(cid.id())).isEmpty();
    }

    @Test
    void showsWhetherTheCallerIsEnrolled() {
        var dan = Person.named("dan");
        assertThat(dan.get(FACE).toString()).isEqualTo("{\"enrolled\":false,\"photos\":0}");
        assertThat(dan.get("/api/v1/me").path("face").toString()).isEqualTo("{\"enrolled\":false}");

        enroll(dan, "face-of-dan");

        var face = dan.get(FACE);
        assertThat(face.path("enrolled").asBoolean()).isTrue();
        assertThat(Instant.parse(face.path("enrolled_at").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(dan.get("/api/v1/me").path("face").path("enrolled_at").asText())
                .isEqualTo(face.path("enrolled_at").asText());
    }

    @Test
    void aDeletionIsATombstoneWithAJob() {
        var eve = Person.named("eve");

        var answer = eve.signedIn().delete(FACE);

        assertThat(answer.status()).isEqualTo(202);
        var jobId = answer.json().path("job_id").asText();
        assertThat(records(eve.id())).singleElement().satisfies(message -> {
            assertThat(message.value()).isNull();
            assertThat(TestKafka.header(message, Headers.JOB_ID)).isEqualTo(jobId);
        });
        assertThat(eve.get("/api/v1/jobs/" + jobId).path("kind").asText()).isEqualTo("face-enrolment");
    }

    @Test
    void aUserChangesItsFaceTenTimesAMinute() {
        var fay = Person.named("fay");
        for (var i = 0; i < 10; i++) {
            assertThat(fay.signedIn().delete(FACE).status()).isEqualTo(202);
        }

        var refused = fay.signedIn().delete(FACE);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().path("detail").asText()).contains("SLUICE_FACE_ENROLMENTS_PER_MINUTE");
        assertThat(fay.status(FACE)).isEqualTo(200);
    }

    @Test
    void whileFacesAreOffTheProblemNamesTheSetting() {
        var gil = Person.named("gil");
        try (var off = gateway("off")) {
            for (var answer : List.of(
                    put(off, gil.signedIn(), form(picture()).field("consent", "true")),
                    gil.signedIn().at(off).delete(FACE))) {
                assertThat(answer.status()).isEqualTo(409);
                assertThat(answer.json().path("code").asText()).isEqualTo("FACES_OFF");
                assertThat(answer.json().path("detail").asText()).contains("SLUICE_FACES=on");
            }
            assertThat(gil.signedIn().at(off).get(FACE).status()).isEqualTo(200);
        }
        assertThat(records(gil.id())).isEmpty();
    }

    @Test
    void whileAMatchStandsTheMatchedUserSeesThePhotoAndDoesNotDeleteIt() {
        var owner = Person.named("hal");
        var matched = Person.named("ida");
        var stranger = Person.named("jim");
        var photo = photo(owner, "face-in-photo");
        var path = "/api/v1/photos/" + photo;
        assertThat(owner.get("/api/my-photos").path("total").asInt()).isEqualTo(1);
        assertThat(matched.get("/api/my-photos").path("total").asInt()).isZero();
        assertThat(matched.status(path)).isEqualTo(404);

        enroll(matched, "face-of-ida");
        match("face-in-photo", matched, "face-of-ida");

        await().atMost(FRESH).untilAsserted(() -> {
            var shown = matched.get("/api/my-photos");
            assertThat(shown.path("total").asInt()).isEqualTo(1);
            assertThat(shown.at("/photos/0/photo_id").asText()).isEqualTo(photo);
            assertThat(shown.at("/photos/0/mine").asBoolean(true)).isFalse();
            assertThat(shown.at("/photos/0/faces").asInt()).isEqualTo(1);
            assertThat(shown.at("/photos/0/status").asText()).isEqualTo("recognized");
        });
        assertThat(owner.get("/api/my-photos").at("/photos/0/mine").asBoolean()).isTrue();
        assertThat(matched.get(FACE).path("photos").asInt()).isEqualTo(1);
        var faces = owner.get(path + "/faces").path("faces");
        assertThat(faces).hasSize(1);
        assertThat(faces.at("/0/box/width").asDouble()).isPositive();
        assertThat(faces.at("/0/people/0/username").asText()).isEqualTo("ida");
        assertThat(faces.at("/0/people/0/similarity").asDouble()).isBetween(80.0, 100.0);
        assertThat(admin.get(path + "/faces").json().path("faces")).isEqualTo(faces);
        assertThat(matched.status(path + "/faces")).isEqualTo(404);
        assertThat(stranger.status(path + "/faces")).isEqualTo(404);
        for (var what : List.of("", "/content", "/preview", "/thumbnail")) {
            assertThat(matched.status(path + what)).as(what).isEqualTo(200);
            assertThat(stranger.status(path + what)).as(what).isEqualTo(404);
        }
        assertThat(matched.signedIn().delete(path).status()).isEqualTo(404);
        assertThat(stranger.signedIn().delete(path).status()).isEqualTo(404);

        GATEWAY.bean(FaceEnrolments.class).delete(matched.id(), 2);

        await().atMost(FRESH)
                .untilAsserted(() -> assertThat(
                                matched.get("/api/my-photos").path("total").asInt())
                        .isZero());
        assertThat(matched.status(path)).isEqualTo(404);
        assertThat(matched.status(path + "/content")).isEqualTo(404);
        assertThat(owner.get(path + "/faces").at("/faces/0/people")).isEmpty();
        assertThat(owner.status(path)).isEqualTo(200);
        assertThat(owner.signedIn().delete(path).status()).isEqualTo(202);
    }

    @Test
    void anAdminHasThePhotosOfAUserRecognizedAgain() {
        var lea = Person.named("lea");
        var photo = photo(lea, "face-in-photo-of-lea");
        enroll(lea, "face-of-lea");
        GATEWAY.bean(TopicPlan.class).ensure(Topics.photosToRecognizeAgain());
        GATEWAY.bean(TopicPlan.class).ensure(Topics.facesToEnrollAgain());
        var path = "/api/v1/admin/photos/recognize";

        var answer = admin.send("POST", path, "{\"owner\":\"%s\"}".formatted(lea.id()));

        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        assertThat(answer.json().toString()).isEqualTo("{\"photos\":1,\"faces\":1}");
        var message = TestStack.kafka()
                .read(PREFIX + "prepared-photos.v1.rekognizer.retry-10s")
                .getLast();
        assertThat(new String(message.key(), UTF_8)).isEqualTo(photo);
        assertThat(TestKafka.header(message, Headers.ENTITY_VERSION))
                .isEqualTo(String.valueOf(GATEWAY.bean(PhotoLedger.class)
                        .find(photo)
                        .orElseThrow()
                        .version()));
        assertThat(new String(message.value(), UTF_8)).contains("\"photo_id\":\"" + photo + "\"");
        var face = TestStack.kafka()
                .read(PREFIX + "face-enrolments.v1.face-enroller.retry-10s")
                .getLast();
        var enrolment = GATEWAY.bean(FaceEnrolments.class).find(lea.id()).orElseThrow();
        assertThat(new String(face.key(), UTF_8)).isEqualTo(lea.id());
        assertThat(TestKafka.header(face, Headers.ENTITY_VERSION)).isEqualTo(String.valueOf(enrolment.version()));
        assertThat(enrolled(face).selfie())
                .isEqualTo(requireNonNull(enrolment.enrolment()).selfie());
        assertThat(admin.send("POST", path, "{\"owner\":\"%s\",\"after\":\"%s\"}".formatted(lea.id(), photo))
                        .json()
                        .toString())
                .as("faces come with the first page")
                .isEqualTo("{\"photos\":0,\"faces\":0}");
        assertThat(admin.send("POST", path, "{\"ownr\":\"x\"}").status()).isEqualTo(422);
        assertThat(lea.signedIn().send("POST", path, "{}").status()).isEqualTo(403);
    }

    /** The erasure ends when the rekognizer and the remover have done their part. */
    @Test
    void theErasureOfAUserEndsWhenNothingIsLeftOfItsFace() {
        var kim = Person.named("kim");
        kim.enroll(form(picture()).field("consent", "true"));
        var selfie = enrolled(records(kim.id()).getLast()).selfie();
        enroll(kim, "face-of-kim");

        var job = admin.delete("/api/v1/users/kim").header("Location");

        await().until(() -> records(kim.id()).getLast().value() == null);
        assertThat(admin.get(job).json().path("status").asText()).isEqualTo("processing");
        var version = EntityVersion.of(1, records(kim.id()).getLast().offset());
        GATEWAY.bean(FaceEnrolments.class).refuse(kim.id(), selfie);
        GATEWAY.bean(FaceEnrolments.class).delete(kim.id(), version);
        removeFaces(kim, version);
        var ledger = GATEWAY.bean(PhotoLedger.class);
        ledger.removed(ledger.toRemove(100));
        indexerHasReadAll();

        await().until(() -> admin.get(job).json().path("status").asText().equals("succeeded"));
        var receipt = admin.get(job).json();
        assertThat(receipt.path("stages").findValuesAsText("stage"))
                .contains("account-erased", "photos-erased", "face-erased", "erased")
                .anyMatch(stage -> stage.matches("topics-compacted-by-\\d{4}-\\d{2}-\\d{2}"))
                .anyMatch(stage -> stage.matches("retries-and-dead-letters-expire-by-\\d{4}-\\d{2}-\\d{2}"))
                .anyMatch(stage -> stage.matches("job-events-expire-by-\\d{4}-\\d{2}-\\d{2}"));
        assertThat(receipt.path("counts").toString()).contains("\"selfies\":1", "\"photos\":0");
        assertThat(receipt.toString()).doesNotContain("kim", "face-of", selfie.key());
    }

    /** The gateway that accepted the selfie was killed before it saw that the user was deleted. */
    @Test
    void theErasureDeletesASelfieThatCameAfterTheDeletion() {
        var lou = Person.named("lou");
        var job = admin.delete("/api/v1/users/lou").header("Location");
        await().until(() -> records(lou.id()).size() == 1);
        var first = EntityVersion.of(1, records(lou.id()).getLast().offset());
        GATEWAY.bean(FaceEnrolments.class).delete(lou.id(), first);
        enroll(lou, "face-of-lou", first + 1);

        await().until(() -> records(lou.id()).size() == 2);
        assertThat(records(lou.id()).getLast().value()).isNull();
        var second = EntityVersion.of(1, records(lou.id()).getLast().offset());
        GATEWAY.bean(FaceEnrolments.class).delete(lou.id(), second);
        removeFaces(lou, second);
        var ledger = GATEWAY.bean(PhotoLedger.class);
        ledger.removed(ledger.toRemove(100));
        indexerHasReadAll();

        await().until(() -> admin.get(job).json().path("status").asText().equals("succeeded"));
        assertThat(admin.get(job).json().at("/counts/selfies").asInt()).isEqualTo(1);
    }

    /** Says that the provider has removed the faces of a user's selfies. */
    private static void removeFaces(Person person, long version) {
        var results = GATEWAY.bean(FaceResults.class);
        for (var holder : List.of(ImageHolder.candidate(person.id()), ImageHolder.enrolment(person.id()))) {
            if (results.drop(holder, version) instanceof FaceResults.Removal removal) {
                results.removed(removal);
            }
        }
    }

    private static void indexerHasReadAll() {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        TestStack.kafka()
                .read(PREFIX + "photos.v1")
                .forEach(message -> offsets.put(
                        new TopicPartition(message.topic(), message.partition()),
                        new OffsetAndMetadata(message.offset() + 1)));
        var settings = TestStack.kafka().settings().consumer(Map.of("group.id", PREFIX + "photo-indexer"));
        try (var consumer = new KafkaConsumer<byte[], byte[]>(settings)) {
            consumer.commitSync(offsets);
        }
    }

    /** Uploads a photo that shows one face, and does the work of all pipelines. */
    private static String photo(Person owner, String faceId) {
        var bytes = picture();
        var form = new Multipart().file("files", "a.png", "image/png", bytes);
        var answer = GATEWAY.send(GATEWAY.request(PhotoDesk.PHOTOS)
                .header("Authorization", "Bearer " + owner.signedIn().token())
                .header("Content-Type", form.contentType())
                .POST(BodyPublishers.ofByteArray(form.body())));
        var id = answer.json().at("/photos/0/photo_id").asText();
        var message = TestStack.kafka().read(PREFIX + "photos.v1").stream()
                .filter(one -> new String(one.key(), UTF_8).equals(id))
                .toList()
                .getLast();
        var version = EntityVersion.of(1, message.offset());
        var saved = ((Decoded.Intact<PhotoSaved>) CODEC.decode(PhotoSaved.class, message.value())).event();
        var picture = GATEWAY.bean(ObjectStore.class).put("previews", bytes, "image/jpeg");
        var box = new Box(0.25, 0.25, 0.5, 0.5);
        GATEWAY.bean(PhotoLedger.class)
                .save(List.of(
                        new PhotoLedger.Uploaded(saved, version, Instant.now()),
                        new PhotoLedger.Prepared(
                                new PreparedPhoto(saved, picture, picture, 90, 80, null), version, Instant.now()),
                        new PhotoLedger.Recognized(
                                new PhotoFaces(id, owner.id(), "7.0", List.of(new Face(faceId, box, 99))),
                                version,
                                Instant.now())));
        index(ImageHolder.photo(id), faceId);
        return id;
    }

    /** Says that the provider has the face. */
    private static void index(ImageHolder holder, String faceId) {
        var results = GATEWAY.bean(FaceResults.class);
        var claim = results.claim(holder, 1, new SentImage(Sha256.of(faceId.getBytes(UTF_8)), "IndexFaces", "", "7.0"));
        results.keep((FaceResults.Granted) claim, List.of(new Face(faceId, new Box(0, 0, 1, 1), 99)));
    }

    private static void enroll(Person person, String faceId) {
        enroll(person, faceId, 1);
    }

    private static void enroll(Person person, String faceId, long version) {
        index(ImageHolder.enrolment(person.id()), faceId);
        var selfie = GATEWAY.bean(ObjectStore.class).put("selfies", picture(), "image/png");
        GATEWAY.bean(FaceEnrolments.class)
                .save(
                        new Enrolment(
                                person.id(),
                                version,
                                faceId,
                                Sha256.of(faceId.getBytes(UTF_8)),
                                "7.0",
                                selfie,
                                Instant.now()),
                        80);
    }

    private static void match(String faceId, Person person, String enrolledFaceId) {
        GATEWAY.bean(FaceMatches.class).save(List.of(new Match(faceId, person.id(), enrolledFaceId, 98)), 80);
    }
}
