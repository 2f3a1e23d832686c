package io.sluice.rekognizer.photo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rekognizer.FaceServiceErrors;
import io.sluice.rekognizer.FaceServiceException;
import io.sluice.rekognizer.RekognizerFailure;
import io.sluice.rekognizer.enrolment.Enrollers;
import io.sluice.rekognizer.fake.Crashes;
import io.sluice.rekognizer.fake.InMemoryFaces;
import io.sluice.rekognizer.fake.Pictures;
import io.sluice.rekognizer.fake.Workbench;
import io.sluice.rekognizer.fake.Workbench.Bench;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Outcome.Failed;
import io.sluice.runtime.Received;
import io.sluice.schemas.face.FaceEnrolled;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.schemas.wire.Sha256;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import io.sluice.stores.StoreErrors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Histories of photos and of users. Their records come in any order, several times, to two rekognizers at once, which
 * crash between any two steps. In the end everything is as the newest records say, and no call was made in vain but by a
 * crash.
 */
class AnyOrderIT {
    private static final List<String> PEOPLE = List.of("anna", "bert");
    private static final int PHOTOS = 5;
    private static final int ROUNDS = 15;
    /** One call in so many. */
    private static final int CRASHES = 60;

    private final Workbench workbench = new Workbench();
    private final InMemoryFaces faces = workbench.faces;
    private final AtomicInteger crashes = new AtomicInteger();

    @AfterEach
    void close() {
        workbench.close();
    }

    /** A picture, who is in it, and an object with it: a preview, or a selfie that is rendered to it. */
    private record Image(String sha256, List<String> people, StoredObject preview, StoredObject selfie) {}

    /** One record, for a rekognizer to handle. */
    private record Step(String name, Function<Rekognizer, Outcome> work) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A process. */
    private record Rekognizer(
            Crashes crash, Bench bench, PhotoRecognizer photos, Function<Received<FaceEnrolled>, Outcome> enroller)
            implements AutoCloseable {
        @Override
        public void close() {
            photos.close();
            bench.close();
        }
    }

    private Rekognizer rekognizer(Crashes crash) {
        var tables = crash.in(workbench.tables);
        var service = crash.in(faces);
        var bench = workbench.bench(tables, service);
        var previews =
                new PreviewFaces(workbench.objects, bench.indexer(), bench.searcher(), bench.forgetter(), service);
        var errors = new FaceServiceErrors().or(StoreErrors.table());
        return new Rekognizer(
                crash,
                bench,
                new PhotoRecognizer(workbench.ledger, previews, bench.forgetter(), errors),
                Enrollers.of(bench, tables.enrolments(), workbench.objects));
    }

    @Seeded
    @Test
    void everythingIsAsTheNewestRecordsSay(Seed seed) throws Exception {
        var random = seed.random();
        for (var round = 0; round < ROUNDS; round++) {
            var images = images(round, random);
            var history = new History(round, images, random);
            var isAnchored = random.nextBoolean();
            if (isAnchored) {
                anchor(round, images, history);
            }
            var before = faces.indexed().size();
            var needless = faces.needless();
            crashes.set(0);
            var arriving = new ArrayList<>(history.steps);
            for (var again = random.nextInt(8); again > 0; again--) {
                arriving.add(history.steps.get(random.nextInt(history.steps.size())));
            }
            Collections.shuffle(arriving, random);
            twoRekognizers(arriving, random);
            finish();

            assertThat(faces.needless() - needless).as("%s", arriving).isLessThanOrEqualTo(crashes.get());
            if (isAnchored) {
                assertThat(faces.indexed().size() - before)
                        .as("%s", arriving)
                        .isLessThanOrEqualTo(images.size() + crashes.get());
            }
            assertAsTheNewestSay(history, arriving);
            history.deleteAll();
            assertThat(faces.people()).isEmpty();
            assertThat(workbench.column("SELECT sha256 FROM face_results")).isEmpty();
            assertThat(workbench.matches()).isEmpty();
            assertThat(workbench.column("SELECT sha256 FROM face_references WHERE sha256 IS NOT NULL"))
                    .isEmpty();
        }
    }

    /** Two pictures of one person, who may be enrolled with it, one of both, and one of nobody. */
    private List<Image> images(int round, Random random) {
        var images = new ArrayList<Image>();
        for (var people : List.of(List.of("anna"), List.of("bert"), PEOPLE, List.<String>of())) {
            var selfie = workbench.stored(
                    "selfies/" + round + "-" + images.size(), Pictures.jpeg(90, 90, random.nextInt(1 << 24)));
            var sent = faces.shows(Enrollers.sent(workbench.objects, selfie), people.toArray(String[]::new));
            var preview = workbench.stored("photos/" + round + "-" + images.size(), sent);
            images.add(new Image(Sha256.of(sent), people, preview, selfie));
        }
        return images;
    }

    /** One photo of each image is there all the time. */
    private void anchor(int round, List<Image> images, History history) {
        try (var rekognizer = rekognizer(new Crashes(() -> false))) {
            for (var image : images) {
                var id = "anchor-" + round + "-" + image.sha256();
                assertThat(isDone(history.photo(id, 1, image), rekognizer)).isTrue();
                history.newestPhotos.put(id, image);
            }
        }
    }

    private void twoRekognizers(List<Step> arriving, Random random) throws Exception {
        var half = random.nextInt(arriving.size() + 1);
        var seeds = List.of(random.nextLong(), random.nextLong());
        try (var processes = Executors.newFixedThreadPool(2)) {
            var running = List.<Future<?>>of(
                    processes.submit(() -> handle(arriving.subList(0, half), new Random(seeds.get(0)))),
                    processes.submit(() -> handle(arriving.subList(half, arriving.size()), new Random(seeds.get(1)))));
            for (var process : running) {
                process.get();
            }
        }
    }

    /** Handles each record until it is done; starts again after a crash, from a record that was done before at most. */
    private void handle(List<Step> steps, Random random) {
        var next = 0;
        while (next < steps.size()) {
            try (var rekognizer = rekognizer(new Crashes(() -> random.nextInt(CRASHES) == 0))) {
                next = handle(steps, next, rekognizer);
                if (rekognizer.crash().happened()) {
                    crashes.incrementAndGet();
                    rekognizer.crash().tokens().forEach(this::endLease);
                    next = Math.max(0, next - random.nextInt(3));
                }
            }
        }
    }

    /** {@return the first record that is not done} */
    private static int handle(List<Step> steps, int first, Rekognizer rekognizer) {
        var next = first;
        try {
            while (next < steps.size()) {
                next += isDone(steps.get(next), rekognizer) ? 1 : 0;
            }
        } catch (RuntimeException | Error e) {
            if (!rekognizer.crash().happened()) {
                throw e;
            }
        }
        return next;
    }

    private static boolean isDone(Step step, Rekognizer rekognizer) {
        try {
            return switch (step.work().apply(rekognizer)) {
                case Failed(var failure) -> {
                    assertThat(failure.code()).isEqualTo(RekognizerFailure.PICTURE_BUSY);
                    yield false;
                }
                default -> true;
            };
        } catch (FaceServiceException e) {
            assertThat(e.failure().code()).isEqualTo(RekognizerFailure.PICTURE_BUSY);
            return false;
        }
    }

    private void endLease(String token) {
        workbench.sql("UPDATE face_results SET held_until = clock_timestamp() WHERE held_by = '" + token + "'");
    }

    private void finish() {
        workbench.endLeases();
        try (var rekognizer = rekognizer(new Crashes(() -> false))) {
            rekognizer.bench().forgetter().finish();
        }
    }

    private void assertAsTheNewestSay(History history, List<Step> arriving) {
        var images = new TreeMap<String, Image>();
        history.newestPhotos.values().forEach(image -> images.put(image.sha256(), image));
        history.newestSelfies.values().forEach(image -> images.put(image.sha256(), image));
        assertThat(workbench.column("SELECT sha256 FROM face_results WHERE state = 'kept' ORDER BY 1"))
                .as("%s", arriving)
                .containsExactlyElementsOf(images.keySet());
        var withFaces = new TreeSet<String>();
        images.forEach((sha256, image) -> {
            if (!image.people().isEmpty()) {
                withFaces.add(sha256);
            }
        });
        assertThat(new TreeSet<>(faces.images())).as("%s", arriving).isEqualTo(withFaces);
        var matches = new TreeSet<String>();
        faces.people()
                .forEach((face, person) -> history.newestSelfies.forEach((user, selfie) -> {
                    if (selfie.people().contains(person)) {
                        matches.add(face + " " + user);
                    }
                }));
        assertThat(workbench.matches()).as("%s", arriving).containsExactlyElementsOf(matches);
    }

    /** What happens to some photos and users, and what the newest records say. */
    private final class History {
        final List<Step> steps = new ArrayList<>();
        final Map<String, Image> newestPhotos = new TreeMap<>();
        final Map<String, Image> newestSelfies = new TreeMap<>();
        private final Map<String, Long> versions = new HashMap<>();

        History(int round, List<Image> images, Random random) {
            for (var photo = 0; photo < PHOTOS; photo++) {
                var id = "photo-" + round + "-" + photo;
                for (var version = 1; version <= 1 + random.nextInt(3); version++) {
                    var image = random.nextInt(4) == 0 ? null : images.get(random.nextInt(images.size()));
                    steps.add(photo(id, version, image));
                    put(newestPhotos, id, image);
                }
            }
            for (var person = 0; person < PEOPLE.size(); person++) {
                var user = PEOPLE.get(person) + "-" + round;
                for (var version = 1; version <= random.nextInt(4); version++) {
                    var image = random.nextInt(4) == 0 ? null : images.get(random.nextInt(2));
                    steps.add(selfie(user, version, image));
                    put(newestSelfies, user, image);
                }
            }
        }

        private static void put(Map<String, Image> newest, String id, @Nullable Image image) {
            if (image == null) {
                newest.remove(id);
            } else {
                newest.put(id, image);
            }
        }

        Step photo(String id, long version, @Nullable Image image) {
            versions.merge(id, version, Math::max);
            var photo = image == null ? null : Workbench.photo(id, "anna", image.preview());
            var record = new Received<PreparedPhoto>(id, photo, version, null);
            return new Step(
                    name(id, version, image),
                    rekognizer -> rekognizer.photos().handle(List.of(record)).getFirst());
        }

        Step selfie(String user, long version, @Nullable Image image) {
            versions.merge(user, version, Math::max);
            var event = image == null ? null : new FaceEnrolled(user, image.selfie(), Instant.EPOCH);
            var record = new Received<FaceEnrolled>(user, event, version, null);
            return new Step(
                    name(user, version, image),
                    rekognizer -> rekognizer.enroller().apply(record));
        }

        private static String name(String id, long version, @Nullable Image image) {
            return id + "@" + version + (image == null ? " deleted" : image.people());
        }

        void deleteAll() {
            try (var rekognizer = rekognizer(new Crashes(() -> false))) {
                Map.copyOf(versions).forEach((id, newest) -> {
                    var isPhoto = id.startsWith("photo") || id.startsWith("anchor");
                    var deletion = isPhoto ? photo(id, newest + 1, null) : selfie(id, newest + 1, null);
                    assertThat(isDone(deletion, rekognizer)).isTrue();
                });
            }
        }
    }
}
