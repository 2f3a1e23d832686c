package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.SluiceClient;
import io.sluice.client.http.FileInMemory;
import io.sluice.client.photo.Photo;
import io.sluice.client.photo.PhotoStatus;
import io.sluice.client.photo.Rendition;
import io.sluice.client.photo.UploadedPhoto;
import io.sluice.samplephotos.CameraData;
import io.sluice.samplephotos.FaceMarkerReader;
import io.sluice.samplephotos.MarkedFace;
import io.sluice.samplephotos.Person;
import io.sluice.samplephotos.SamplePhotos;
import io.sluice.samplephotos.Turn;
import io.sluice.schemas.job.JobStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Photos from the upload to the gallery, with two gateways and every service in a process of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PhotosIT {
    private static final Duration FRESH = Duration.ofSeconds(1);

    private Path s3;
    private Stores stores;
    private Services services;
    private SluiceClient sluice;
    private SluiceClient elsewhere;

    @BeforeAll
    void start(@TempDir Path folder) {
        stores = new Stores(folder.resolve("stores"));
        s3 = folder.resolve("stores/s3");
        services = new Services(folder.resolve("services"), stores.environment());
        services.startEmbedder();
        services.startIndexer();
        services.startGateway();
        sluice = services.client();
        elsewhere = services.clientOf(services.startAnotherGateway());
    }

    @AfterAll
    void stop() {
        elsewhere.close();
        sluice.close();
        services.close();
        stores.close();
    }

    @Test
    void aPhotoIsInTheGalleryOfAnotherGatewayWithinASecondAndGoneAsSoon() throws Exception {
        assertThat(statuses(elsewhere, "nobody's")).isEmpty();
        var file = Photos.plain(1);

        var id = Photos.upload(sluice, file);

        // both are looked at from the upload on, so the other gateway's cache has been filled before
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var prepared = threads.submit(() -> momentOf(() -> Photos.isPrepared(stores.jdbcUrl(), id)));
            var shown =
                    threads.submit(() -> momentOf(() -> statuses(elsewhere, id).contains(PhotoStatus.PREPARED)));
            assertThat(Duration.ofNanos(shown.get() - prepared.get())).isLessThan(FRESH);
        }
        assertThat(Photos.objects(s3, file))
                .hasSize(3)
                .anyMatch(key -> key.contains(".preview-"))
                .anyMatch(key -> key.contains(".thumbnail-"));

        var deleted = System.nanoTime();
        assertThat(sluice.photos().delete(id).isSuccess()).isTrue();
        var gone = momentOf(() -> statuses(elsewhere, id).isEmpty()
                && elsewhere.photos().find(id).status() == 404
                && Photos.objects(s3, file).isEmpty());

        assertThat(Duration.ofNanos(gone - deleted)).isLessThan(FRESH);
    }

    /** {@return when the condition first held, as {@link System#nanoTime} says it} */
    private static long momentOf(Callable<Boolean> condition) {
        patiently().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).until(condition);
        return System.nanoTime();
    }

    private static List<PhotoStatus> statuses(SluiceClient client, String id) throws IOException {
        return Photos.gallery(client).stream()
                .filter(photo -> photo.id().equals(id))
                .map(Photo::status)
                .toList();
    }

    @Test
    void ofAHundredPhotosOnlyTheBrokenOnesFailAndTheyTellWhy() throws Exception {
        var files = new ArrayList<FileInMemory>();
        for (int i = 0; i < 98; i++) {
            files.add(Photos.plain(100 + i));
        }
        files.add(40, new FileInMemory("notes.jpg", "image/jpeg", "no photo".getBytes(StandardCharsets.UTF_8)));
        files.add(60, Photos.undecodable());

        var answers = sluice.photos().upload(files).orElseThrow();

        assertThat(answers).extracting(UploadedPhoto::fileName).startsWith("plain-100.jpg", "plain-101.jpg");
        assertThat(answers.get(40))
                .isInstanceOfSatisfying(
                        UploadedPhoto.Rejected.class,
                        rejected -> assertThat(rejected.reason()).contains("send JPEG, PNG, WebP or GIF"));
        var queued = answers.stream()
                .filter(answer -> !(answer instanceof UploadedPhoto.Rejected))
                .map(Photos::queued)
                .toList();
        assertThat(queued).hasSize(99);
        var ids = queued.stream().map(UploadedPhoto.Queued::photoId).toList();
        patiently()
                .untilAsserted(() -> assertThat(Photos.gallery(sluice))
                        .filteredOn(photo -> ids.contains(photo.id()))
                        .hasSize(ids.size())
                        .noneMatch(photo -> photo.status() == PhotoStatus.QUEUED));
        for (var photo : queued) {
            var isBroken = photo.fileName().equals("undecodable.png");
            var status = sluice.photos().find(photo.photoId()).orElseThrow().status();
            assertThat(status).as(photo.fileName()).isEqualTo(isBroken ? PhotoStatus.FAILED : PhotoStatus.PREPARED);
            patiently().pollDelay(Duration.ZERO).until(() -> !isOpen(photo.jobId()));
            var job = sluice.jobs().find(photo.jobId()).orElseThrow();
            assertThat(job.status()).as(photo.fileName()).isEqualTo(isBroken ? JobStatus.DEAD : JobStatus.SUCCEEDED);
            if (isBroken) {
                assertThat(job.error()).contains("cannot be decoded");
            }
        }
    }

    private boolean isOpen(String job) throws IOException {
        return switch (sluice.jobs().find(job).orElseThrow().status()) {
            case QUEUED, PROCESSING, RETRYING -> true;
            case SUCCEEDED, SUPERSEDED, FAILED, DEAD, CANCELED -> false;
        };
    }

    @Test
    void aPhotoIsShownUprightAndItsPicturesTellNoPlace() throws Exception {
        var place = new CameraData.Position(47.123, 8.456);
        var takenAt = LocalDateTime.of(2025, 3, 30, 14, 5, 6);
        var photos = SamplePhotos.of(3, 4, 99).photos();
        var turns = Turn.values();
        for (int i = 0; i < turns.length; i++) {
            var camera = new CameraData(turns[i], takenAt, ZoneOffset.ofHours(2), place);
            var photo = photos.get(i).with(camera);
            var file = Photos.drawn(photo);
            assertThat(text(file.bytes())).as("the planted place").contains(GPS_DIRECTORY);

            var id = Photos.upload(sluice, file);
            patiently().until(() -> statuses(sluice, id).equals(List.of(PhotoStatus.PREPARED)));

            var found = sluice.photos().find(id).orElseThrow();
            assertThat(found.width()).isEqualTo(photo.width());
            assertThat(found.height()).isEqualTo(photo.height());
            assertThat(found.takenAt()).isEqualTo("2025-03-30T12:05:06Z");
            assertThat(read(id, Rendition.CONTENT)).isEqualTo(file.bytes());
            assertThat(text(read(id, Rendition.THUMBNAIL))).doesNotContain("Exif", "Sluice", "2025:03:30");
            var preview = read(id, Rendition.PREVIEW);
            assertThat(text(preview)).doesNotContain("Exif", GPS_DIRECTORY, "2025:03:30");
            var picture = ImageIO.read(new ByteArrayInputStream(preview));
            assertThat(Math.max(picture.getWidth(), picture.getHeight())).isLessThanOrEqualTo(1_920);
            assertThat(FaceMarkerReader.facesIn(picture))
                    .as("%s", turns[i])
                    .allMatch(face -> face.quarterTurns() == 0)
                    .extracting(MarkedFace::marker)
                    .containsExactlyInAnyOrderElementsOf(
                            photo.people().stream().map(Person::marker).toList());
        }
    }

    /** The tag of the directory with the place, and what is before its value: one number of 32 bits. */
    private static final String GPS_DIRECTORY = "\u0088%\0\4\0\0\0\1";

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    private byte[] read(String id, Rendition rendition) throws IOException {
        return sluice.photos().read(id, rendition, InputStream::readAllBytes).orElseThrow();
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(90, TimeUnit.SECONDS).pollInterval(Duration.ofMillis(200));
    }
}
