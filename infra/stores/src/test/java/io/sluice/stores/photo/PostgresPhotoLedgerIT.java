package io.sluice.stores.photo;

import static io.sluice.testkit.PipelineLab.await;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.schemas.photo.PhotoFaces;
import io.sluice.schemas.photo.PhotoFaces.Box;
import io.sluice.schemas.photo.PhotoFaces.Face;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import io.sluice.stores.FaceSql;
import io.sluice.stores.SqlRun;
import io.sluice.stores.photo.PhotoLedger.Deleted;
import io.sluice.stores.photo.PhotoLedger.Entry;
import io.sluice.stores.photo.PhotoLedger.ObjectKey;
import io.sluice.stores.photo.PhotoLedger.Prepared;
import io.sluice.stores.photo.PhotoLedger.Recognized;
import io.sluice.stores.photo.PhotoLedger.Removal;
import io.sluice.stores.photo.PhotoLedger.Uploaded;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.PostgresConfig;
import io.sluice.testkit.TestStack;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

class PostgresPhotoLedgerIT {
    private static final Instant AT = Instant.parse("2026-07-14T10:15:30Z");

    private final PostgresConfig config = PostgresConfig.of(TestStack.postgres().url());
    private final Postgres postgres = new Postgres(config, 8);
    private final PostgresPhotoLedger ledger = new PostgresPhotoLedger(postgres, Clock.systemUTC());

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void returnsWhatWasSaved() {
        var photo = new PhotoSaved("p", "anna", "été ☕.jpg", object("a"), AT.minusSeconds(9));
        var made = new PreparedPhoto(photo, object("a.preview"), object("a.thumbnail"), 30, 40, null);

        assertThat(ledger.save(List.of(new Uploaded(photo, 5, AT)))).isEmpty();
        assertThat(ledger.find("p")).contains(new PhotoRow("p", 5, new PhotoRow.Upload(photo, AT), null, null, null));

        assertThat(ledger.save(List.of(new Prepared(made, 5, AT.plusSeconds(3)))))
                .isEmpty();
        assertThat(ledger.find("p").orElseThrow())
                .returns(new PhotoRow.Upload(photo, AT), PhotoRow::upload)
                .returns(
                        new PhotoRow.Pictures(5, object("a.preview"), object("a.thumbnail"), 30, 40, null),
                        PhotoRow::pictures)
                .returns(true, PhotoRow::isPrepared);
        assertThat(ledger.ofOwner("anna", null, 10)).containsExactly("p");
        assertThat(ledger.toRemove(10)).isEmpty();
    }

    @Test
    void aDeletedPhotoLeavesItsObjectsToRemove() {
        var photo = photo("p", "a");
        ledger.save(List.of(new Uploaded(photo, 1, AT), new Prepared(made(photo, ""), 1, AT)));

        ledger.save(List.of(new Deleted("p", 2, AT)));

        assertThat(ledger.find("p")).isEmpty();
        assertThat(ledger.find(List.of("p"))).containsEntry("p", new PhotoRow("p", 2, null, null, null, AT));
        assertThat(ledger.ofOwner("anna", null, 10)).isEmpty();
        assertThat(keys(ledger.toRemove(10))).containsExactlyInAnyOrder("a", "a.preview", "a.thumbnail");
        ledger.removed(ledger.toRemove(2));
        assertThat(ledger.toRemove(10)).hasSize(1);
    }

    @Test
    void whatIsLateNeverComesBack() {
        var photo = photo("p", "a");
        ledger.save(List.of(new Deleted("p", 2, AT)));

        var late = List.<Entry>of(new Uploaded(photo, 1, AT), new Prepared(made(photo, ""), 1, AT));
        assertThat(ledger.save(late)).containsExactlyInAnyOrderElementsOf(late);

        assertThat(ledger.find("p")).isEmpty();
        assertThat(keys(ledger.toRemove(10))).containsExactlyInAnyOrder("a", "a.preview", "a.thumbnail");
    }

    /** A dead letter that is sent again, or a record that another partitioner misplaced, names the object of before. */
    @Test
    void anObjectThatIsNamedAgainStays() {
        var photo = photo("p", "a");
        ledger.save(List.of(new Uploaded(photo, 1, AT), new Deleted("p", 2, AT)));
        assertThat(keys(ledger.toRemove(10))).containsExactly("a");

        ledger.save(List.of(new Uploaded(photo, 3, AT)));

        assertThat(ledger.toRemove(10)).isEmpty();
    }

    @Test
    void notesOnlyObjectsThatNoPhotoNames() {
        var original = object("photos/a/1");
        var preview = object("photos/a/1.preview-0f");
        var thumbnail = object("photos/a/1.thumbnail-0f");
        var photo = new PhotoSaved("p", "anna", "a.jpg", original, null);
        ledger.save(List.of(
                new Uploaded(photo, 1, AT),
                new Prepared(new PreparedPhoto(photo, preview, thumbnail, 3, 4, AT), 1, AT)));
        var all = Stream.of(
                        original.key(),
                        preview.key(),
                        thumbnail.key(),
                        "photos/a/1.preview-00",
                        "photos/a/2",
                        "photos/a/1.preview")
                .map(key -> new ObjectKey("sluice", key))
                .toList();

        assertThat(ledger.noteUnnamed(all)).isEqualTo(3);

        assertThat(keys(ledger.toRemove(10)))
                .containsExactlyInAnyOrder("photos/a/1.preview-00", "photos/a/2", "photos/a/1.preview");
        ledger.removed(ledger.toRemove(10));
        ledger.save(List.of(new Deleted("p", 2, AT)));
        ledger.removed(ledger.toRemove(10));
        assertThat(ledger.noteUnnamed(all)).isEqualTo(6);
    }

    @Test
    void notesOnlySelfiesThatNoEnrolmentNames() {
        postgres.awaitReady();
        SqlRun.on(config, """
                INSERT INTO face_enrolments (user_id, version, face_id, sha256, model_version, selfie, consented_at, enrolled_at)
                VALUES ('anna', 1, 'f', 's', '7.0', '{"bucket":"sluice","key":"faces/anna/1"}', now(), now())""");

        assertThat(ledger.noteUnnamedSelfies(
                        List.of(new ObjectKey("sluice", "faces/anna/1"), new ObjectKey("sluice", "faces/anna/2"))))
                .isEqualTo(1);

        assertThat(keys(ledger.toRemove(10))).containsExactly("faces/anna/2");
    }

    @Test
    void anObjectThatWaitsIsDueLater() {
        ledger.noteUnnamed(List.of(new ObjectKey("sluice", "a"), new ObjectKey("sluice", "b")));

        var first = ledger.toRemove(1);
        ledger.postpone(Map.of(first.getFirst(), Instant.now().plusSeconds(600)));
        assertThat(keys(ledger.toRemove(10)))
                .doesNotContain(keys(first).getFirst())
                .hasSize(1);
        var second = ledger.toRemove(1).getFirst();
        assertThat(second.attempts()).isZero();
        ledger.postpone(Map.of(second, second.dueAt()));
        assertThat(ledger.toRemove(1)).containsExactly(new Removal(second.object(), second.dueAt(), 1));

        ledger.noteUnnamed(List.of(new ObjectKey("sluice", "a"), new ObjectKey("sluice", "b")));
        ledger.postpone(Map.of(first.getFirst(), Instant.now().plusSeconds(600)));
        assertThat(ledger.toRemove(10))
                .as("noted again meanwhile")
                .hasSize(2)
                .allMatch(removal -> removal.attempts() == 0);
    }

    /** The object was stored again after the remover had removed it, and noted again before the remover says so. */
    @Test
    void anObjectThatIsNotedAgainWhileItIsRemovedStaysNoted() {
        var photo = photo("p", "a");
        ledger.save(List.of(new Uploaded(photo, 1, AT), new Deleted("p", 2, AT)));
        var removing = ledger.toRemove(10);

        ledger.save(List.of(new Uploaded(photo, 1, AT)));
        ledger.removed(removing);

        assertThat(keys(ledger.toRemove(10))).containsExactly("a");
        ledger.removed(ledger.toRemove(10));
        assertThat(ledger.toRemove(10)).isEmpty();
    }

    /** Two transactions that lock the same objects in two orders would wait for each other. */
    @Test
    void locksObjectsInTheOrderOfTheirKeys() throws Exception {
        ledger.probe(); // makes the tables
        locksInOrder(due -> ledger.removed(due));
        locksInOrder(due -> ledger.postpone(
                due.stream().collect(toMap(identity(), _ -> Instant.now().plusSeconds(600)))));
    }

    private void locksInOrder(Consumer<List<Removal>> change) throws Exception {
        SqlRun.on(config, """
            DELETE FROM object_removals;
            INSERT INTO object_removals VALUES ('sluice', 'b', now() - interval '2 s'), ('sluice', 'a', now())\
            """);
        var due = ledger.toRemove(10);
        assertThat(keys(due)).containsExactly("b", "a");
        try (var other = DriverManager.getConnection(config.url(), "postgres", "");
                var statement = other.createStatement();
                var thread = Executors.newSingleThreadExecutor()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM object_removals WHERE key = 'a' FOR UPDATE");
            var waiting = thread.submit(() -> change.accept(due));
            await().until(() -> SqlRun.count(config, """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock'\
                """) > 0);
            statement.execute("SELECT FROM object_removals WHERE key = 'b' FOR UPDATE NOWAIT");
            other.rollback();
            waiting.get();
        }
    }

    @Test
    void knowsSinceWhenTheDatabaseHoldsPhotos() {
        assertThat(ledger.since())
                .isBetween(Instant.now().minusSeconds(600), Instant.now().plusSeconds(5));
    }

    /** The sweep finds the photo of a smaller picture by the key of its original. */
    @Test
    void thePicturesOfAnotherObjectGoWithIt() {
        var photo = photo("p", "a");
        ledger.save(List.of(new Uploaded(photo, 1, AT), new Prepared(made(photo, ""), 1, AT)));

        ledger.save(List.of(new Uploaded(photo("p", "b"), 2, AT)));

        assertThat(ledger.find("p").orElseThrow().objects()).containsExactly(object("b"));
    }

    @Test
    void tellsTheOwnersWhosePhotosChangedInTheSameTransaction() throws SQLException {
        try (var connection = DriverManager.getConnection(config.url(), "postgres", "");
                var listening = connection.createStatement()) {
            listening.execute("LISTEN " + PhotoLedger.CHANGED);
            var photo = photo("p", "a");

            ledger.save(List.of(new Uploaded(photo, 1, AT), new Uploaded(photo("q", "b"), 1, AT)));
            assertThat(payloads(connection.unwrap(PGConnection.class))).containsExactly("anna");

            ledger.save(List.of(new Uploaded(photo, 1, AT)));
            ledger.save(List.of(new Deleted("p", 2, AT)));
            ledger.save(List.of(new Deleted("p", 2, AT)));
            assertThat(payloads(connection.unwrap(PGConnection.class)))
                    .as("only what changed something")
                    .containsExactly("anna");
        }
    }

    @Test
    void theFacesOfAPhotoAreKeptUntilItIsDeleted() {
        var photo = photo("p", "a");
        var found = found("p", "f-2", "f-1");

        ledger.save(List.of(new Uploaded(photo, 1, AT), new Recognized(found, 1, AT)));
        assertThat(ledger.find("p").orElseThrow())
                .returns(new PhotoRow.Faces(1, "7.0", found.faces()), PhotoRow::faces)
                .returns(true, PhotoRow::isRecognized);

        ledger.save(List.of(new Recognized(found("p"), 1, AT)));
        assertThat(ledger.find("p").orElseThrow())
                .as("no face is a result too")
                .returns(new PhotoRow.Faces(1, "7.0", List.of()), PhotoRow::faces)
                .returns(true, PhotoRow::isRecognized);

        ledger.save(List.of(new Recognized(found, 1, AT), new Deleted("p", 2, AT), new Recognized(found, 1, AT)));
        assertThat(ledger.find(List.of("p"))).containsEntry("p", new PhotoRow("p", 2, null, null, null, AT));
        assertThat(SqlRun.count(config, "SELECT count(*) FROM photo_faces")).isZero();
    }

    /** The topics are read apart from each other. */
    @Test
    void facesThatComeBeforeTheirPhotoWaitForIt() {
        var photo = photo("p", "a");
        assertThat(ledger.save(List.of(new Recognized(found("p", "f"), 2, AT)))).isEmpty();
        assertThat(ledger.find("p")).isEmpty();

        ledger.save(List.of(new Uploaded(photo, 1, AT)));
        assertThat(ledger.find("p").orElseThrow().isRecognized())
                .as("of a newer upload")
                .isFalse();

        ledger.save(List.of(new Uploaded(photo, 2, AT)));
        assertThat(ledger.find("p").orElseThrow().isRecognized()).isTrue();
    }

    @Test
    void tellsTheUsersWhoseFacesMatchThoseOfAPhoto() throws SQLException {
        postgres.awaitReady();
        FaceSql.match(config, "f", "bob");
        FaceSql.match(config, "g", "eve");
        try (var connection = DriverManager.getConnection(config.url(), "postgres", "");
                var listening = connection.createStatement()) {
            listening.execute("LISTEN " + PhotoLedger.CHANGED);

            ledger.save(List.of(new Uploaded(photo("p", "a"), 1, AT), new Recognized(found("p", "f"), 1, AT)));
            assertThat(payloads(connection.unwrap(PGConnection.class))).containsExactlyInAnyOrder("anna", "bob");

            ledger.save(List.of(new Deleted("p", 2, AT)));
            assertThat(payloads(connection.unwrap(PGConnection.class))).containsExactlyInAnyOrder("anna", "bob");
        }
    }

    private static PhotoFaces found(String photoId, String... faceIds) {
        var faces = Stream.of(faceIds)
                .map(id -> new Face(id, new Box(0.1, -0.2, 0.30000000000000004, 0.4), 99.87654321))
                .toList();
        return new PhotoFaces(photoId, "anna", "7.0", faces);
    }

    /**
     * Several histories of photos. Each photo's records come in any order, several times, in batches of any size, from
     * two writers at once. The row is what the newest records say; the objects to remove are all others.
     */
    @Seeded
    @Test
    void anyOrderEndsInTheSameRowAndRemovesWhatNoRowNames(Seed seed) throws Exception {
        var random = seed.random();
        for (var round = 0; round < 60; round++) {
            var history = new History("photo-" + round, random);
            var arriving = new ArrayList<>(history.entries);
            for (var again = random.nextInt(4); again > 0; again--) {
                arriving.add(history.entries.get(random.nextInt(history.entries.size())));
            }
            Collections.shuffle(arriving, random);
            saveFromTwoWriters(arriving, random);

            var row =
                    Objects.requireNonNull(ledger.find(List.of(history.photoId)).get(history.photoId));
            assertThat(row).as("%s", arriving).isEqualTo(history.newest());
            var named = new HashSet<>(history.keys());
            row.objects().map(StoredObject::key).forEach(named::remove);
            assertThat(keysOf(history.photoId)).as("%s", arriving).isEqualTo(named);
        }
    }

    private void saveFromTwoWriters(List<Entry> arriving, Random random) throws Exception {
        var half = random.nextInt(arriving.size() + 1);
        var sizes = random.ints(0, 4).limit(2L * arriving.size()).toArray();
        try (var writers = Executors.newFixedThreadPool(2)) {
            var running = List.<Future<?>>of(
                    writers.submit(() -> save(arriving.subList(0, half), sizes)),
                    writers.submit(() -> save(arriving.subList(half, arriving.size()), sizes)));
            for (var writer : running) {
                writer.get();
            }
        }
    }

    private void save(List<Entry> entries, int[] sizes) {
        var from = 0;
        for (var i = 0; from < entries.size(); i++) {
            var to = Math.min(entries.size(), from + 1 + sizes[i % sizes.length]);
            ledger.save(entries.subList(from, to));
            from = to;
        }
    }

    /** A photo that is uploaded, sent again and deleted several times, and each time prepared and recognized. */
    private static final class History {
        final String photoId;
        final List<Entry> entries = new ArrayList<>();

        History(String photoId, Random random) {
            this.photoId = photoId;
            var versions = 1 + random.nextInt(4);
            var object = photoId + "-0";
            var wasDeleted = false;
            for (var version = 1; version <= versions; version++) {
                if (random.nextInt(4) == 0) {
                    entries.add(new Deleted(photoId, version, AT.plusSeconds(version)));
                    wasDeleted = true;
                    continue;
                }
                // an upload after a delete has an object of its own; a record that is sent again has not
                object = wasDeleted || random.nextBoolean() ? photoId + "-" + version : object;
                wasDeleted = false;
                var photo = photo(photoId, object);
                entries.add(new Uploaded(photo, version, AT.plusSeconds(version)));
                var made = made(photo, random.nextBoolean() ? "" : "-" + version);
                entries.add(new Prepared(made, version, AT.plusSeconds(100 + version)));
                var ids = random.ints(random.nextInt(3), 0, 4).distinct().mapToObj(id -> photoId + "-face-" + id);
                entries.add(new Recognized(
                        found(photoId, ids.toArray(String[]::new)), version, AT.plusSeconds(200 + version)));
            }
        }

        PhotoRow newest() {
            var version = entries.stream().mapToLong(Entry::version).max().orElseThrow();
            PhotoRow.@Nullable Upload upload = null;
            PhotoRow.@Nullable Pictures pictures = null;
            PhotoRow.@Nullable Faces faces = null;
            @Nullable Instant deletedAt = null;
            for (var entry : entries) {
                if (entry.version() == version) {
                    switch (entry) {
                        case Uploaded(var photo, var _, var at) -> upload = new PhotoRow.Upload(photo, at);
                        case Prepared(var made, var _, var _) ->
                            pictures = new PhotoRow.Pictures(
                                    version,
                                    made.preview(),
                                    made.thumbnail(),
                                    made.width(),
                                    made.height(),
                                    made.takenAt());
                        case Recognized(var found, var _, var _) ->
                            faces = new PhotoRow.Faces(version, found.faceModelVersion(), found.faces());
                        case Deleted deleted -> deletedAt = deleted.at();
                    }
                }
            }
            return new PhotoRow(photoId, version, upload, pictures, faces, deletedAt);
        }

        Set<String> keys() {
            var keys = new HashSet<String>();
            entries.stream().flatMap(History::objects).map(StoredObject::key).forEach(keys::add);
            return keys;
        }

        private static Stream<StoredObject> objects(Entry entry) {
            return switch (entry) {
                case Uploaded(var photo, var _, var _) -> Stream.of(photo.object());
                case Prepared(var made, var _, var _) ->
                    Stream.of(made.photo().object(), made.preview(), made.thumbnail());
                case Recognized _, Deleted _ -> Stream.of();
            };
        }
    }

    private Set<String> keysOf(String photoId) {
        var keys = new HashSet<String>();
        for (var key : keys(ledger.toRemove(10_000))) {
            if (key.startsWith(photoId + "-")) {
                keys.add(key);
            }
        }
        return keys;
    }

    private static List<String> keys(List<Removal> removals) {
        return removals.stream().map(removal -> removal.object().key()).toList();
    }

    private static List<String> payloads(PGConnection connection) throws SQLException {
        return Arrays.stream(connection.getNotifications(5_000))
                .map(notification -> notification.getParameter())
                .toList();
    }

    private static PhotoSaved photo(String id, String key) {
        return new PhotoSaved(id, "anna", "a.jpg", object(key), null);
    }

    private static PreparedPhoto made(PhotoSaved photo, String coding) {
        var key = photo.object().key();
        return new PreparedPhoto(
                photo, object(key + ".preview" + coding), object(key + ".thumbnail" + coding), 30, 40, AT);
    }

    private static StoredObject object(String key) {
        return new StoredObject("sluice", key, "ab".repeat(32), "image/jpeg", 42);
    }
}
