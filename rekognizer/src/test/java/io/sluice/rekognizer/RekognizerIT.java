package io.sluice.rekognizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.rekognizer.fake.Deployment;
import io.sluice.samplephotos.SamplePhoto;
import io.sluice.samplephotos.SamplePhotos;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The rekognizer with a real broker, object store and database, and the stand-in for Rekognition. There are 24 photos, and 60
 * for the kills, or as many as {@code -Dsluice.photos=300} says; {@code -Dsluice.kills=5} kills more often.
 */
@Timeout(900)
class RekognizerIT {
    private static final int PHOTOS = Integer.getInteger("sluice.photos", 24);
    private static final int PHOTOS_OF_KILLS = Integer.getInteger("sluice.photos", 60);
    private static final int PEOPLE = 5;
    /** Each takes 15 s at least: until then the permits of the killed process are not free. */
    private static final int KILLS = Integer.getInteger("sluice.kills", 1);

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Deployment deployment = new Deployment();

    @AfterEach
    void close() {
        deployment.close();
    }

    /** Two people are enrolled before the photos come, and the others afterwards. */
    @Seeded
    @Test
    void eachPersonIsFoundOnExactlyTheirPhotos(Seed seed) {
        var samples = SamplePhotos.of(PEOPLE, PHOTOS, seed.random().nextLong());
        try (var rekognizer = Rekognizer.start(deployment.settings())) {
            assertThat(rekognizer.isRunning()).isTrue();
            enrol(samples, List.of(0, 1));
            await().atMost(PATIENCE).until(() -> deployment.enrolled() == 2);
            publish("anna", samples);
            awaitFaces("anna", samples);
            enrol(samples, List.of(2, 3, 4));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(found("anna")).isEqualTo(truth(samples)));
            var calls = deployment.indexCalls();
            assertThat(calls).isEqualTo(PHOTOS + PEOPLE);

            publish("bert", samples);
            awaitFaces("bert", samples);
            assertThat(found("bert")).isEqualTo(truth(samples));
            assertThat(deployment.indexCalls())
                    .as("of the same photos by another owner")
                    .isEqualTo(calls);

            samples.photos().forEach(photo -> deployment.delete("anna", photo));
            await().atMost(PATIENCE).until(() -> deployment.faces("anna").isEmpty());
            assertThat(found("bert")).as("after the first owner is gone").isEqualTo(truth(samples));

            samples.people().forEach(person -> deployment.unenrol(person.name()));
            samples.photos().forEach(photo -> deployment.delete("bert", photo));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(deployment.remains()).isEmpty());
        }
    }

    /** Then the same photos come again, of another owner, and those of the first one are erased. */
    @Seeded
    @Test
    void killsCostTheCallsInFlightAtMost(Seed seed) throws Exception {
        var random = seed.random();
        var samples = small(SamplePhotos.of(PEOPLE, PHOTOS_OF_KILLS, random.nextLong()));
        deployment.createTopics();
        publish("anna", samples);
        deployment.slow(Duration.ofMillis(300));
        for (var kill = 1; kill <= KILLS; kill++) {
            runUntilKilled(random, KILLS - kill + 1);
        }
        var process = deployment.startProcess();
        try {
            awaitFaces("anna", samples);
            var calls = deployment.indexCalls();
            System.out.printf("%d photos, %d kills: %d calls of IndexFaces%n", PHOTOS_OF_KILLS, KILLS, calls);
            assertThat(calls).isBetween((long) PHOTOS_OF_KILLS, PHOTOS_OF_KILLS + KILLS * 10L);
            var shown = samples.photos().stream()
                    .mapToInt(photo -> photo.people().size())
                    .sum();
            assertThat(deployment.indexedFaces()).as("each face once").isEqualTo(shown);
            assertThat(deployment.facesAtProvider()).as("at the provider").isEqualTo(shown);
            deployment.slow(Duration.ZERO); // counts from zero

            enrol(samples, List.of(0, 1));
            await().atMost(PATIENCE).until(() -> deployment.enrolled() == 2);
            publish("bert", samples);
            awaitFaces("bert", samples);
            samples.photos().forEach(photo -> deployment.delete("anna", photo));
            await().atMost(PATIENCE).until(() -> deployment.faces("anna").isEmpty());
            enrol(samples, List.of(2, 3, 4));
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(found("bert")).as("after anna is gone").isEqualTo(truth(samples)));
            assertThat(deployment.indexCalls())
                    .as("of the selfies, and none of a photo")
                    .isEqualTo(PEOPLE);
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(deployment.deadLetters()).isEmpty();
    }

    /** Starts a process and kills it at a random moment, which leaves photos for the kills that are still to come. */
    private void runUntilKilled(Random random, int kills) throws Exception {
        var left = PHOTOS_OF_KILLS - deployment.keptImages();
        var enough = deployment.indexCalls() + 1 + random.nextInt(Math.max(1, 2 * left / (kills + 1)));
        var process = deployment.startProcess();
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .failFast(() -> !process.isAlive())
                    .until(() -> deployment.indexCalls() >= enough || deployment.keptImages() == PHOTOS_OF_KILLS);
            assertThat(process.waitFor(random.nextInt(300), TimeUnit.MILLISECONDS))
                    .as("ended by itself")
                    .isFalse();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private void publish(String owner, SamplePhotos samples) {
        samples.photos().parallelStream().forEach(photo -> deployment.publish(owner, photo));
    }

    /** {@return the same photos at half the size, which are drawn in a quarter of the time} */
    private static SamplePhotos small(SamplePhotos samples) {
        return new SamplePhotos(
                samples.people(),
                samples.selfies(),
                samples.photos().stream()
                        .map(photo -> new SamplePhoto(
                                photo.fileName(),
                                photo.people(),
                                photo.width() / 2,
                                photo.height() / 2,
                                photo.camera(),
                                photo.seed()))
                        .toList());
    }

    private void enrol(SamplePhotos samples, List<Integer> people) {
        people.forEach(person -> deployment.enrol(
                samples.people().get(person).name(), samples.selfies().get(person)));
    }

    private void awaitFaces(String owner, SamplePhotos samples) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            var faces = deployment.faces(owner);
            assertThat(faces).hasSize(samples.photos().size());
            for (var photo : samples.photos()) {
                assertThat(faces.get(photo.fileName())).hasSize(photo.people().size());
            }
        });
    }

    /** {@return the photos of each person} */
    private Map<String, Set<String>> found(String owner) {
        var found = new TreeMap<String, Set<String>>();
        var matches = deployment.matches();
        deployment
                .faces(owner)
                .forEach((photo, faces) -> faces.forEach(face -> matches.getOrDefault(face, Set.of())
                        .forEach(user -> found.computeIfAbsent(user, _ -> new TreeSet<>())
                                .add(photo))));
        return found;
    }

    private static Map<String, Set<String>> truth(SamplePhotos samples) {
        var truth = new TreeMap<String, Set<String>>();
        for (SamplePhoto photo : samples.photos()) {
            photo.people()
                    .forEach(person -> truth.computeIfAbsent(person.name(), _ -> new TreeSet<>())
                            .add(photo.fileName()));
        }
        return truth;
    }
}
