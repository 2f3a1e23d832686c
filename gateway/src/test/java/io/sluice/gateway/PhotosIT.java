package io.sluice.gateway;

import static io.sluice.gateway.PhotoDesk.PHOTOS;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.gateway.image.ImageGuard;
import io.sluice.schemas.Topics;
import io.sluice.schemas.photo.PhotoIds;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.wire.Headers;
import io.sluice.schemas.wire.Sha256;
import io.sluice.stores.photo.PhotoLedger;
import io.sluice.testkit.TestKafka;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads of photos through a gateway with its stores. The test does the work of the indexer. */
@ExtendWith({OneGateway.class, ClosedGateway.class})
class PhotosIT {
    private static final AtomicLong SEED = new AtomicLong(System.nanoTime());

    private PhotoDesk desk;
    private ClosedGateway.Door door;

    @BeforeEach
    void desk(ClosedGateway.Door door) {
        this.door = door;
        this.desk = PhotoDesk.of(door);
    }

    /** {@return a picture that no other test has sent} */
    private static byte[] picture() {
        return Pictures.png(20, 15, SEED.incrementAndGet());
    }

    private static byte[] heic() {
        return "\0\0\0\030ftypheic\0\0\0\0mif1heic".getBytes(ISO_8859_1);
    }

    @Test
    void aBadFileFailsAloneAndTheOthersAreAcceptedInOrder() {
        var first = picture();
        var last = Pictures.jpeg(30, 20, SEED.incrementAndGet());
        var answer = desk.upload(
                Caller.USER,
                new Multipart()
                        .file("files", "C:\\photos\\été 1.png", "text/plain", first)
                        .file("files", "b.heic", "image/heic", heic())
                        .file("files", "c.txt", "text/plain", "no picture".getBytes(UTF_8))
                        .file("files", "d.jpg", "image/jpeg", last));

        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(202);
        var photos = answer.json().path("photos");
        assertThat(photos.findValuesAsText("status")).containsExactly("queued", "rejected", "rejected", "queued");
        assertThat(photos.findValuesAsText("file_name")).containsExactly("été 1.png", "b.heic", "c.txt", "d.jpg");
        var refusal = photos.at("/1/error");
        assertThat(refusal.path("code").asText()).isEqualTo("IMAGE_FORMAT_UNSUPPORTED");
        assertThat(refusal.path("message").asText()).startsWith("HEIC").endsWith("send JPEG, PNG, WebP or GIF");
        assertThat(refusal.path("retryable").asBoolean()).isFalse();
        assertThat(refusal.at("/errors/0/field").asText()).isEqualTo("files");
        assertThat(photos.path(1).has("job_id")).isFalse();
        assertThat(photos.path(1).has("photo_id")).as("there is no such photo").isFalse();

        isAccepted(photos.path(0), first, "été 1.png", "image/png");
        isAccepted(photos.path(3), last, "d.jpg", "image/jpeg");
    }

    private void isAccepted(JsonNode answer, byte[] bytes, String fileName, String type) {
        var owner = door.id(Caller.USER);
        var id = answer.path("photo_id").asText();
        assertThat(id).isEqualTo(PhotoIds.of(owner, Sha256.of(bytes)));
        assertThat(desk.records(id)).hasSize(1);
        var photo = desk.saved(id);
        assertThat(photo.owner()).isEqualTo(owner);
        assertThat(photo.fileName()).isEqualTo(fileName);
        assertThat(photo.object().contentType()).isEqualTo(type);
        assertThat(photo.object().key()).matches("photos/" + owner + "/" + Sha256.of(bytes) + "-[0-9a-f-]{36}");
        assertThat(desk.bytes(photo.object())).isEqualTo(bytes);
        var jobId = answer.path("job_id").asText();
        assertThat(TestKafka.header(desk.records(id).getFirst(), Headers.JOB_ID))
                .isEqualTo(jobId);

        var job = desk.get(Caller.USER, "/api/v1/jobs/" + jobId);
        assertThat(job.json().path("kind").asText()).isEqualTo("photo");
        assertThat(job.json().path("status").asText()).isEqualTo("queued");
        assertThat(desk.get(Caller.ANOTHER_USER, "/api/v1/jobs/" + jobId).status())
                .isEqualTo(404);
    }

    @Test
    void refusesAnUploadOfWhichEveryFileIsRejected() {
        var answer = desk.upload(
                Caller.USER,
                new Multipart()
                        .file("files", "a.heic", "image/heic", heic())
                        .file("files", "b.png", "image/png", new byte[0]));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("code").asText()).isEqualTo("NO_PHOTO_ACCEPTED");
        assertThat(answer.json().path("photos").findValuesAsText("code"))
                .containsExactly("IMAGE_FORMAT_UNSUPPORTED", "IMAGE_EMPTY");
        assertThat(answer.json().path("errors").findValuesAsText("field")).containsExactly("files", "files");
    }

    @ParameterizedTest
    @ValueSource(strings = {"avif", "avis"})
    void refusesAvifByItsName(String brand) {
        var avif = ("\0\0\0\030ftyp" + brand + "\0\0\0\0mif1miaf").getBytes(ISO_8859_1);
        var answer = desk.upload(Caller.USER, new Multipart().file("files", "a.jpg", "image/jpeg", avif));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/photos/0/error/message").asText()).startsWith("AVIF");
    }

    @Test
    void theSameBytesOfAUserAreOnePhoto() {
        var picture = picture();
        var twice = desk.upload(
                        Caller.USER,
                        new Multipart()
                                .file("files", "a.png", "image/png", picture)
                                .file("files", "b.png", "image/png", picture))
                .json()
                .path("photos");
        assertThat(twice.findValuesAsText("status")).containsExactly("queued", "duplicate");
        var id = twice.at("/0/photo_id").asText();
        assertThat(twice.at("/1/photo_id").asText()).isEqualTo(id);
        assertThat(twice.path(1).has("job_id")).isFalse();
        assertThat(desk.uploaded(Caller.USER, picture, "c.png").path("status").asText())
                .as("before the indexer has it")
                .isEqualTo("duplicate");
        desk.index(id);
        assertThat(desk.uploaded(Caller.USER, picture, "c.png").path("status").asText())
                .isEqualTo("duplicate");
        assertThat(desk.records(id)).hasSize(1);

        var ofAnother = desk.uploaded(Caller.ANOTHER_USER, picture, "a.png");
        assertThat(ofAnother.path("status").asText()).isEqualTo("queued");
        assertThat(ofAnother.path("photo_id").asText()).isNotEqualTo(id);
    }

    @Test
    void knowsAPhotoThatAnotherGatewayAccepted() {
        var picture = picture();
        var id = PhotoIds.of(door.id(Caller.USER), Sha256.of(picture));
        var photo = new PhotoSaved(id, door.id(Caller.USER), "a.png", desk.stored(picture), null);
        desk.ledger().save(List.of(new PhotoLedger.Uploaded(photo, 1, Instant.now())));

        assertThat(desk.uploaded(Caller.USER, picture, "a.png").path("status").asText())
                .isEqualTo("duplicate");
    }

    @Test
    void aDeletedPhotoIsAcceptedAgainWithANewObject() {
        var picture = picture();
        var id = desk.uploaded(Caller.USER, picture, "a.png").path("photo_id").asText();
        var first = desk.saved(id).object();
        desk.index(id);

        var deletion = desk.delete(Caller.USER, id);
        assertThat(deletion.status()).as("%s", deletion.json()).isEqualTo(202);
        assertThat(deletion.json().path("status").asText()).isEqualTo("queued");
        assertThat(deletion.json().path("photo_id").asText()).isEqualTo(id);
        var jobId = deletion.json().path("job_id").asText();
        assertThat(deletion.header("Location")).isEqualTo("/api/v1/jobs/" + jobId);
        assertThat(desk.get(Caller.USER, "/api/v1/jobs/" + jobId).status()).isEqualTo(200);
        var tombstone = desk.records(id).getLast();
        assertThat(tombstone.value()).isNull();
        assertThat(TestKafka.header(tombstone, Headers.JOB_ID)).isEqualTo(jobId);

        assertThat(desk.uploaded(Caller.USER, picture, "a.png").path("status").asText())
                .as("while the ledger still has it")
                .isEqualTo("queued");
        assertThat(desk.saved(id).object().key()).isNotEqualTo(first.key());
        assertThat(desk.bytes(first)).isEqualTo(picture);
    }

    /** The ledger still shows the photo, and only the other gateway knows that it will be gone. */
    @Test
    void aPhotoThatAnotherGatewayDeletesIsAcceptedAgain(OneGateway.Surroundings all) {
        var picture = picture();
        var other = new PhotoDesk(all.gateway(), door);
        var id = desk.uploaded(Caller.USER, picture, "a.png").path("photo_id").asText();
        desk.index(id);
        assertThat(other.uploaded(Caller.USER, picture, "a.png").path("status").asText())
                .isEqualTo("duplicate");

        var deletion = desk.delete(Caller.USER, id).header("Location");
        await().until(() -> other.get(Caller.USER, deletion).status() == 200);

        assertThat(other.uploaded(Caller.USER, picture, "a.png").path("status").asText())
                .isEqualTo("queued");
        assertThat(desk.records(id)).hasSize(3);
        assertThat(desk.saved(id).fileName()).isEqualTo("a.png");
    }

    @Test
    void aPhotoCanBeDeletedWhileItIsInFlight() {
        var id = desk.uploaded(Caller.USER, picture(), "a.png").path("photo_id").asText();

        assertThat(desk.delete(Caller.ANOTHER_USER, id).status()).isEqualTo(404);
        assertThat(desk.delete(Caller.USER, id).status()).isEqualTo(202);
        desk.index(id);
        assertThat(desk.get(Caller.USER, PHOTOS + "/" + id).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "%00", "00000000-0000-5000-8000-000000000000"})
    void aPhotoThatDoesNotExistIs404(String id) {
        for (var path : List.of("", "/content", "/preview", "/thumbnail")) {
            var answer = desk.get(Caller.ADMIN, PHOTOS + "/" + id + path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.json().path("code").asText()).isEqualTo("PHOTO_NOT_FOUND");
        }
        assertThat(desk.delete(Caller.ADMIN, id).status()).isEqualTo(404);
    }

    @Test
    void aPhotoIsForItsOwnerAndAdmins() {
        var picture = picture();
        var id = desk.uploaded(Caller.USER, picture, "a.png").path("photo_id").asText();
        desk.index(id);
        desk.prepare(id, picture, picture);
        for (var path : List.of("", "/content", "/preview", "/thumbnail")) {
            var url = PHOTOS + "/" + id + path;
            assertThat(desk.get(Caller.USER, url).status()).isEqualTo(200);
            assertThat(desk.get(Caller.ADMIN, url).status()).isEqualTo(200);
            assertThat(desk.get(Caller.ANOTHER_USER, url).json().path("code").asText())
                    .isEqualTo("PHOTO_NOT_FOUND");
            assertThat(desk.get(Caller.PRODUCER, url).status()).isEqualTo(403);
        }
        assertThat(desk.delete(Caller.ANOTHER_USER, id).status()).isEqualTo(404);
        assertThat(desk.records(id)).hasSize(1);
        assertThat(desk.get(Caller.ADMIN, PHOTOS + "/" + id).json().path("mine").asBoolean())
                .isFalse();
    }

    @Test
    void showsAPhotoAsItIsQueuedAndPrepared() {
        var id = desk.uploaded(Caller.USER, picture(), "a.png").path("photo_id").asText();
        desk.index(id);
        var queued = desk.get(Caller.USER, PHOTOS + "/" + id).json();
        assertThat(queued.path("status").asText()).isEqualTo("queued");
        assertThat(queued.path("file_name").asText()).isEqualTo("a.png");
        assertThat(queued.path("owner").asText()).isEqualTo(door.id(Caller.USER));
        assertThat(queued.path("mine").asBoolean()).isTrue();
        assertThat(queued.path("faces").asInt(-1)).isZero();
        assertThat(queued.has("width")).isFalse();
        var early = desk.get(Caller.USER, queued.path("thumbnail_url").asText());
        assertThat(early.status()).isEqualTo(404);
        assertThat(early.json().path("code").asText()).isEqualTo("PHOTO_NOT_PREPARED");
        assertThat(early.header("Retry-After")).isEqualTo("2");

        var preview = picture();
        var thumbnail = picture();
        desk.prepare(id, preview, thumbnail);
        var prepared = desk.get(Caller.USER, PHOTOS + "/" + id).json();
        assertThat(prepared.path("status").asText()).isEqualTo("prepared");
        assertThat(prepared.path("width").asInt()).isEqualTo(40);
        assertThat(body(prepared.path("preview_url"))).isEqualTo(preview);
        assertThat(body(prepared.path("thumbnail_url"))).isEqualTo(thumbnail);
    }

    @Test
    void saysWhyAPhotoHasNoThumbnailAndWhatToDo() {
        var id = desk.uploaded(Caller.USER, picture(), "a.png").path("photo_id").asText();
        desk.index(id);
        var letters = new DeadLetterWriter(
                door.gateway(), Topics.PHOTOS.name(), Topics.PHOTO_PREPARER, Topics.PHOTO_PREPARER);
        var headers = letters.headers("IMAGE_UNDECODABLE", "the pixels cannot be decoded");
        headers.put(
                "x-entity-version",
                String.valueOf(desk.ledger().find(id).orElseThrow().version()));
        letters.write(id, "{}", headers);

        for (var path : List.of("/preview", "/thumbnail")) {
            var url = PHOTOS + "/" + id + path;
            await().atMost(DeadLetterWriter.patience())
                    .untilAsserted(() -> refused(404, "PHOTO_PREPARATION_FAILED", desk.get(Caller.USER, url)));
            var answer = desk.get(Caller.USER, url);
            assertThat(answer.header("Retry-After"))
                    .as("no reason to come back")
                    .isEmpty();
            assertThat(answer.json().path("detail").asText())
                    .contains("(IMAGE_UNDECODABLE): the pixels cannot be decoded.", "upload a repaired file");
            refused(404, "PHOTO_NOT_FOUND", desk.get(Caller.ANOTHER_USER, url));
        }
        assertThat(desk.get(Caller.USER, PHOTOS + "/" + id)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("failed");
        assertThat(desk.get(Caller.USER, PHOTOS + "/" + id + "/content").status())
                .isEqualTo(200);
    }

    private byte[] body(JsonNode url) {
        return desk.get(Caller.USER, url.asText()).response().body();
    }

    @Test
    void servesTheFileWholeOrInParts() {
        var picture = picture();
        var id = desk.uploaded(Caller.USER, picture, "Ünder \"quotes\".png")
                .path("photo_id")
                .asText();
        desk.index(id);
        var url = PHOTOS + "/" + id + "/content";

        var whole = desk.get(Caller.USER, url);
        assertThat(whole.response().body()).isEqualTo(picture);
        assertThat(whole.header("Content-Type")).isEqualTo("image/png");
        assertThat(whole.header("Cache-Control")).startsWith("private");
        assertThat(whole.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(whole.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(whole.header("Content-Disposition"))
                .startsWith("inline; filename=\"")
                .contains("filename*=UTF-8''%C3%9C");
        var etag = whole.header("ETag");
        assertThat(etag).isEqualTo('"' + Sha256.of(picture) + '"');

        assertThat(desk.get(Caller.USER, url, "If-None-Match", "\"x\", W/" + etag)
                        .status())
                .isEqualTo(304);
        var part = desk.get(Caller.USER, url, "Range", "bytes=2-5");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.response().body()).isEqualTo(Arrays.copyOfRange(picture, 2, 6));
        assertThat(part.header("Content-Range")).isEqualTo("bytes 2-5/" + picture.length);
        var outside = desk.get(Caller.USER, url, "Range", "bytes=" + picture.length + "-");
        assertThat(outside.status()).isEqualTo(416);
        assertThat(outside.header("Content-Range")).isEqualTo("bytes */" + picture.length);
        var other = desk.get(Caller.USER, url, "Range", "bytes=2-5", "If-Range", "\"another\"");
        assertThat(other.status()).isEqualTo(200);
    }

    @Test
    void refusesWhatIsNotAFormOfFiles() {
        refused(415, "UNSUPPORTED_MEDIA_TYPE", desk.upload(Caller.USER, "application/json", "{}".getBytes(UTF_8)));
        refused(415, "UNSUPPORTED_MEDIA_TYPE", desk.upload(Caller.USER, "image/png", picture()));
        refused(422, "VALIDATION_FAILED", desk.upload(Caller.USER, new Multipart()));
        refused(400, "MALFORMED_BODY", desk.upload(Caller.USER, "multipart/form-data", picture()));

        var misnamed = desk.upload(Caller.USER, new Multipart().file("file", "a.png", "image/png", picture()));
        refused(422, "NO_PHOTO_ACCEPTED", misnamed);
        assertThat(misnamed.json().at("/errors/0/field").asText()).isEqualTo("file");
        assertThat(misnamed.json().at("/errors/0/message").asText()).contains("the parts are files");
        var mixed = desk.upload(
                Caller.USER, new Multipart().field("album", "x").file("files", "a.png", "image/png", picture()));
        assertThat(mixed.status()).isEqualTo(202);
        assertThat(mixed.json().path("photos").findValuesAsText("status")).containsExactly("rejected", "queued");
    }

    @Test
    void aRefusalOfAllFilesIsASentence() {
        var text = "no picture".getBytes(UTF_8);
        var one = desk.upload(Caller.USER, new Multipart().file("files", "c.txt", "text/plain", text));
        refused(422, "NO_PHOTO_ACCEPTED", one);
        assertThat(one.json().path("detail").asText())
                .isEqualTo("The photo was not accepted: text is not supported; send JPEG, PNG, WebP or GIF");

        var two = desk.upload(
                Caller.USER,
                new Multipart()
                        .file("files", "c.txt", "text/plain", text)
                        .file("files", "b.heic", "image/heic", heic()));
        refused(422, "NO_PHOTO_ACCEPTED", two);
        assertThat(two.json().path("detail").asText())
                .startsWith("None of the 2 photos was accepted. The first one: text is not supported");
        assertThat(two.json().path("errors")).hasSize(2);
    }

    private static void refused(int status, String code, GatewayUnderTest.Answer answer) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(status);
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
    }

    @Test
    void aFileThatIsTooLargeFailsAlone() {
        var large = Arrays.copyOf(picture(), Math.toIntExact(ImageGuard.MAX_BYTES) + 100_000);
        var photos = desk.upload(
                        Caller.USER,
                        new Multipart()
                                .file("files", "large.png", "image/png", large)
                                .file("files", "small.png", "image/png", picture()))
                .json()
                .path("photos");

        assertThat(photos.findValuesAsText("status")).containsExactly("rejected", "queued");
        assertThat(photos.at("/0/error/code").asText()).isEqualTo("IMAGE_TOO_LARGE");
    }

    @Test
    void takesAHundredFilesAndSaysThatItReadNoMore() {
        var form = new Multipart();
        for (var i = 0; i < 102; i++) {
            form.file("files", i + ".png", "image/png", picture());
        }
        var answer = desk.upload(Caller.USER, form);

        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(202);
        var photos = answer.json().path("photos");
        assertThat(photos).hasSize(101);
        assertThat(photos.findValuesAsText("status").subList(0, 100)).containsOnly("queued");
        assertThat(photos.at("/100/file_name").asText()).isEqualTo("100.png");
        assertThat(photos.at("/100/error/code").asText()).isEqualTo("TOO_MANY_FILES");
        assertThat(photos.at("/100/error/message").asText()).startsWith("Nothing from here on was read");
    }

    @Test
    void whatHadArrivedOfABodyThatBreaksOffIsAccepted() {
        var picture = picture();
        var body = new Multipart()
                .file("files", "a.png", "image/png", picture)
                .file("files", "b.png", "image/png", picture());
        var cut = Arrays.copyOf(body.body(), body.body().length - 200);

        var photos = desk.upload(Caller.USER, body.contentType(), cut).json().path("photos");
        assertThat(photos.findValuesAsText("status")).containsExactly("queued", "rejected");
        assertThat(photos.at("/1/file_name").asText()).isEqualTo("b.png");
        assertThat(photos.at("/1/error/code").asText()).isEqualTo("MALFORMED_BODY");
        assertThat(desk.records(photos.at("/0/photo_id").asText())).hasSize(1);

        var first = Arrays.copyOf(body.body(), 200);
        refused(400, "MALFORMED_BODY", desk.upload(Caller.USER, body.contentType(), first));
    }
}
