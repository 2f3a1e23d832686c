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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The rekognizer with a real broker, object store and database, and the stand-in for Rekognition. There are 24 photos, or as
 * many as {@code -Dsluice.photos=300} says.
 */
@Timeout(600)
class RekognizerIT {
    private static final int PHOTOS = Integer.getInteger("sluice.photos", 24);
    private static final int PEOPLE = 5;
    private static final int KILLS = Integer.getInteger("sluice.kills", 2);
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
            samples.photos().forEach(photo -> deployment.publish("anna", photo));
            awaitFaces("anna", samples);
            enrol(samples, List.of(2, 3, 4));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(found("anna")).isEqualTo(truth(samples)));
            var calls = deployment.indexCalls();
            assertThat(calls).isEqualTo(PHOTOS + PEOPLE);

            samples.photos().forEach(photo -> deployment.publish("bert", photo));
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

    @Seeded
    @Test
    void killsCostTheCallsInFlightAtMost(Seed seed) throws Exception {
        var samples = SamplePhotos.of(PEOPLE, PHOTOS, seed.random().nextLong());
        deployment.createTopics();
        samples.photos().forEach(photo -> deployment.publish("anna", photo));
        deployment.slow(Duration.ofMillis(300));
        for (var kill = 1; kill <= KILLS; kill++) {
            var process = deployment.startProcess();
            try {
                var enough = PHOTOS * kill / (KILLS + 1);
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(50))
                        .failFast(() -> !process.isAlive())
                        .until(() -> deployment.indexCalls() >= enough);
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
        var process = deployment.startProcess();
        try {
            awaitFaces("anna", samples);
        } finally {
            process.destroyForcibly().waitFor();
        }

        assertThat(deployment.indexCalls()).isBetween((long) PHOTOS, PHOTOS + KILLS * 10L);
        var shown = samples.photos().stream()
                .mapToInt(photo -> photo.people().size())
                .sum();
        assertThat(deployment.indexedFaces()).as("each face once").isEqualTo(shown);
        assertThat(deployment.deadLetters()).isEmpty();
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
