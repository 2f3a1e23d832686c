package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.SluiceClient;
import io.sluice.client.http.FileInMemory;
import io.sluice.client.photo.Photo;
import io.sluice.client.photo.UploadedPhoto;
import io.sluice.schemas.job.JobStatus;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills everything, Postgres too, with kill -9 in the middle of an upload of many photos. There are 60 photos, or as many
 * as {@code -Dsluice.photos=300} says.
 */
class PhotoKillsIT {
    private static final int PHOTOS = Integer.getInteger("sluice.photos", 60);
    private static final int IN_A_CALL = 5;

    @TempDir
    Path folder;

    private final Map<Integer, UploadedPhoto> answers = new ConcurrentHashMap<>();
    private UpFolder sluice;

    @BeforeEach
    void choosePorts() {
        sluice = new UpFolder(folder);
    }

    @Seeded
    @Test
    void everyAcceptedPhotoIsPreparedOnce(Seed seed) throws Exception {
        var enough = PHOTOS / 4 + seed.random().nextInt(PHOTOS / 4);
        try (var up = sluice.start();
                var client = sluice.client();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var upload = threads.submit(() -> uploadAll(client));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> answers.size() >= enough);
            sluice.killEverything(up);
            assertThat(upload.get()).as("the upload had ended before the kill").isFalse();
        }
        var accepted = Set.copyOf(answers.values());
        try (var up = sluice.start();
                var client = sluice.client()) {
            assertThat(up.isAlive()).isTrue();
            // the uploads that were not answered are sent again
            assertThat(uploadAll(client)).isTrue();

            Awaitility.await()
                    .atMost(Duration.ofMinutes(3))
                    .untilAsserted(() -> assertThat(Photos.gallery(client))
                            .hasSize(PHOTOS)
                            .allMatch(photo -> photo.status().isPrepared()));
            var gallery = Photos.gallery(client);
            assertThat(gallery).extracting(Photo::id).doesNotHaveDuplicates();
            assertThat(gallery).extracting(Photo::fileName).containsExactlyInAnyOrderElementsOf(fileNames());
            for (var answer : accepted) {
                var photo = Photos.queued(answer);
                assertThat(gallery).extracting(Photo::id).contains(photo.photoId());
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() ->
                                client.jobs().find(photo.jobId()).orElseThrow().status() == JobStatus.SUCCEEDED);
            }
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(this::assertMadeOnce);
        }
    }

    private static Set<String> fileNames() {
        return IntStream.range(0, PHOTOS)
                .mapToObj(i -> Photos.plain(i).fileName())
                .collect(Collectors.toSet());
    }

    /** Each photo has one preview and one thumbnail. An upload that was not answered may leave a file that no event names. */
    private void assertMadeOnce() throws IOException {
        var objects = Photos.objects(sluice.data().resolve("s3"));
        assertThat(objects).filteredOn(key -> key.contains(".preview-")).hasSize(PHOTOS);
        assertThat(objects).filteredOn(key -> key.contains(".thumbnail-")).hasSize(PHOTOS);
        assertThat(objects).hasSizeBetween(3 * PHOTOS, 3 * PHOTOS + IN_A_CALL);
    }

    /** Uploads the photos that have no answer yet. {@return whether all of them have one now} */
    private boolean uploadAll(SluiceClient client) {
        for (int from = 0; from < PHOTOS; from += IN_A_CALL) {
            var numbers = IntStream.range(from, Math.min(from + IN_A_CALL, PHOTOS))
                    .filter(number -> !answers.containsKey(number))
                    .boxed()
                    .toList();
            if (!numbers.isEmpty()) {
                var files = numbers.stream().<FileInMemory>map(Photos::plain).toList();
                try {
                    var received = client.photos().upload(files).orElseThrow();
                    for (int i = 0; i < received.size(); i++) {
                        answers.put(numbers.get(i), received.get(i));
                    }
                } catch (IOException | RuntimeException e) { // killed
                    System.out.printf("%d photos were answered before: %s%n", answers.size(), e);
                    return false;
                }
            }
        }
        return true;
    }
}
