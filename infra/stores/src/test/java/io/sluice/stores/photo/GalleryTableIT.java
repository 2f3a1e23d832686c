package io.sluice.stores.photo;

import static io.sluice.testkit.PipelineLab.await;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.stores.FaceSql;
import io.sluice.stores.SqlRun;
import io.sluice.stores.photo.GalleryTable.Page;
import io.sluice.stores.photo.GalleryTable.Part;
import io.sluice.stores.photo.GalleryTable.Place;
import io.sluice.stores.photo.GalleryTable.Query;
import io.sluice.stores.postgres.ChannelListener;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.PostgresConfig;
import io.sluice.stores.postgres.Sql;
import io.sluice.testkit.TestStack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading galleries, with a real Postgres whose rows are written by SQL. */
class GalleryTableIT {
    private static final String ANN = "ann";
    private static final String BOB = "bob";
    private static final int MANY = 100_000;

    private final PostgresConfig config = PostgresConfig.of(TestStack.postgres().url());
    private final Postgres postgres = new Postgres(config, 2);
    private final GalleryTable gallery = new GalleryTable(postgres);

    @BeforeEach
    void schema() {
        postgres.awaitReady();
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void theNewestPhotoIsFirstByTheTimeItWasTakenElseUploaded() {
        photo("old", ANN, null, "2026-01-01T10:00:00Z");
        photo("taken", ANN, "2026-01-03T10:00:00Z", "2026-01-01T11:00:00Z");
        photo("new", ANN, null, "2026-01-02T10:00:00Z");
        photo("of-bob", BOB, null, "2026-01-04T10:00:00Z");
        SqlRun.on(config, "UPDATE photos SET prepared_taken_at = '2026-01-05T10:00:00Z' WHERE photo_id = 'old'");

        assertThat(ids(gallery.page(new Part(ANN, 10, null)))).containsExactly("old", "taken", "new");
        assertThat(ids(gallery.page(new Part(null, 10, null)))).containsExactly("old", "of-bob", "taken", "new");
    }

    @Test
    void pagesFollowEachOtherAlsoWhereManyPhotosHaveOneMoment() {
        for (var i = 0; i < 25; i++) {
            photo("p%02d".formatted(i), ANN, null, "2026-01-0%dT10:00:00.123456Z".formatted(1 + i / 10));
        }
        var seen = new ArrayList<String>();
        Place before = null;
        do {
            var page = gallery.page(new Part(ANN, 4, before));
            assertThat(page.total()).isEqualTo(25);
            seen.addAll(ids(page));
            before = page.next();
        } while (before != null);

        assertThat(seen)
                .hasSize(25)
                .doesNotHaveDuplicates()
                .startsWith("p24", "p23")
                .endsWith("p01", "p00");
    }

    @Test
    void showsTheUserPhotosThatItIsInOnceEachWithCorrectPagesAndTotals() {
        for (var i = 0; i < 12; i++) {
            photo("ann-%02d".formatted(i), ANN, null, "2026-01-01T10:%02d:00Z".formatted(2 * i));
            photo("bob-%02d".formatted(i), BOB, null, "2026-01-01T10:%02d:00Z".formatted(2 * i + 1));
        }
        face("ann-00", "f-own");
        face("bob-03", "f-1");
        face("bob-03", "f-2");
        face("bob-05", "f-1");
        face("bob-07", "f-of-nobody");
        FaceSql.match(config, "f-own", ANN);
        FaceSql.match(config, "f-1", ANN);
        FaceSql.match(config, "f-2", ANN);

        var seen = new ArrayList<String>();
        @Nullable Place before = null;
        do {
            var page = gallery.page(new Part(ANN, 4, before));
            assertThat(page.total()).isEqualTo(14);
            seen.addAll(ids(page));
            before = page.next();
        } while (before != null);

        assertThat(seen)
                .hasSize(14)
                .doesNotHaveDuplicates()
                .startsWith("ann-11", "ann-10", "ann-09", "ann-08", "ann-07", "ann-06", "bob-05", "ann-05")
                .contains("bob-03");
        assertThat(gallery.page(new Part(BOB, 100, null)).total()).isEqualTo(12);
        assertThat(gallery.page(new Part(null, 100, null)).total()).isEqualTo(24);
        assertThat(gallery.photosWith(ANN)).as("its own too").isEqualTo(3);
        assertThat(gallery.isIn("bob-05", ANN)).isTrue();
        assertThat(gallery.isIn("bob-07", ANN)).isFalse();
        assertThat(gallery.isIn("bob-05", BOB)).isFalse();

        SqlRun.on(config, "DELETE FROM face_matches WHERE face_id = 'f-1'");
        assertThat(gallery.isIn("bob-05", ANN)).isFalse();
        assertThat(gallery.isIn("bob-03", ANN)).as("by its other face").isTrue();
        assertThat(gallery.page(new Part(ANN, 100, null)).total()).isEqualTo(13);
    }

    private void face(String photoId, String faceId) {
        SqlRun.on(
                config,
                "INSERT INTO photo_faces (photo_id, face_id, version, box_left, box_top, box_width, box_height, confidence)"
                        + " VALUES ('%s', '%s', 7, 0, 0, 1, 1, 99)".formatted(photoId, faceId));
    }

    @Test
    void aPageThatEndsWithTheLastPhotoHasNoNext() {
        photo("one", ANN, null, "2026-01-01T10:00:00Z");
        photo("two", ANN, null, "2026-01-02T10:00:00Z");

        var page = gallery.page(new Part(ANN, 2, null));

        assertThat(page.next()).isNull();
        assertThat(page.total()).isEqualTo(2);
        assertThat(gallery.page(new Part("nobody", 2, null))).isEqualTo(new Page(List.of(), null, 0));
    }

    @Test
    void theStatusComesFromTheRowAndItsOpenLetters() {
        photo("p", ANN, null, "2026-01-01T10:00:00Z");
        assertThat(status()).isEqualTo(PhotoStatus.QUEUED);

        letter("photos.v1.photo-preparer.dlq", 6, "open");
        assertThat(status()).as("with the letter of an older version").isEqualTo(PhotoStatus.QUEUED);
        letter("photos.v1.photo-preparer.dlq", 7, "open");
        assertThat(status()).isEqualTo(PhotoStatus.FAILED);
        SqlRun.on(config, "UPDATE operations.dead_letters SET state = 'discarded'");
        assertThat(status()).as("nothing will be made").isEqualTo(PhotoStatus.FAILED);
        SqlRun.on(config, "UPDATE operations.dead_letters SET state = 'redriven'");
        assertThat(status()).isEqualTo(PhotoStatus.QUEUED);

        SqlRun.on(
                config,
                "UPDATE photos SET prepared_version = 7, preview = '{}', thumbnail = '{}', width = 4, height = 3");
        assertThat(gallery.page(new Part(ANN, 1, null)).photos())
                .containsExactly(new ShownPhoto(
                        "p", ANN, "p.jpg", PhotoStatus.PREPARED, null, at("2026-01-01T10:00:00Z"), 4, 3, 0));
        SqlRun.on(config, "UPDATE photos SET faces_version = 7, face_model_version = '7.0', faces = 2");
        assertThat(status()).isEqualTo(PhotoStatus.RECOGNIZED);
        assertThat(gallery.find("p").orElseThrow().faces()).isEqualTo(2);
        letter("prepared-photos.v1.prepared-photo-indexer.dlq", 7, "open");
        assertThat(status()).isEqualTo(PhotoStatus.FAILED);
        SqlRun.on(config, "UPDATE operations.dead_letters SET state = 'discarded'");
        assertThat(status()).as("all that a letter was about is there").isEqualTo(PhotoStatus.RECOGNIZED);
        SqlRun.on(config, "UPDATE photos SET version = 8");
        assertThat(status()).as("while a new version is prepared").isEqualTo(PhotoStatus.QUEUED);
    }

    @Test
    void tellsWhyAPhotoIsNotPrepared() {
        photo("p", ANN, null, "2026-01-01T10:00:00Z");
        assertThat(gallery.whyNotPrepared("p")).isEmpty();

        letter("photos.v1.photo-preparer.dlq", 6, "open");
        assertThat(gallery.whyNotPrepared("p"))
                .as("the letter of an older version")
                .isEmpty();
        letter("prepared-photos.v1.rekognizer.dlq", 7, "open");
        assertThat(gallery.whyNotPrepared("p")).as("the letter of its faces").isEmpty();
        letter("photos.v1.photo-preparer.dlq", 7, "open");
        assertThat(gallery.whyNotPrepared("p")).contains(new PhotoFailure("X", "x"));
        SqlRun.on(config, "UPDATE operations.dead_letters SET state = 'redriven'");
        assertThat(gallery.whyNotPrepared("p")).as("sent back").isEmpty();
        SqlRun.on(config, "UPDATE operations.dead_letters SET state = 'discarded'");
        assertThat(gallery.whyNotPrepared("p")).as("discarded").isPresent();
        SqlRun.on(config, "UPDATE photos SET version = 8");
        assertThat(gallery.whyNotPrepared("p")).as("a new version").isEmpty();
    }

    private PhotoStatus status() {
        var found = gallery.find("p").orElseThrow();
        assertThat(gallery.page(new Part(ANN, 1, null)).photos()).containsExactly(found);
        return found.status();
    }

    @Test
    void anUploadThatFailedCountsOnceUntilItPasses() {
        assertThat(gallery.failures()).isZero();
        letter("photos.v1.photo-preparer.dlq", 7, "open");
        letter("photos.v1.photo-indexer.dlq", 7, "open");
        letter("photos.v1.photo-preparer.dlq", 8, "discarded");
        letter("photos.v1.photo-preparer.dlq", 9, "mended");
        letter("photos.v1.photo-preparer.dlq", 10, "redriven");
        letter("products.v1.embedder.dlq", 11, "open");

        assertThat(gallery.failures()).isEqualTo(2);
    }

    @Test
    void aDeletedPhotoIsNotShown() {
        photo("p", ANN, null, "2026-01-01T10:00:00Z");
        assertThat(gallery.find("p")).isPresent();

        SqlRun.on(config, """
                UPDATE photos SET deleted_at = now(), owner = NULL, file_name = NULL, object = NULL, taken_at = NULL,
                    uploaded_at = NULL, preview = NULL, thumbnail = NULL""");

        assertThat(gallery.find("p")).isEmpty();
        assertThat(gallery.page(new Part(null, 10, null)).photos()).isEmpty();
    }

    @Test
    void aLetterOfAPhotoIsAnnouncedToItsOwner() {
        photo("p", ANN, null, "2026-01-01T10:00:00Z");
        var heard = new CopyOnWriteArrayList<String>();
        try (var listener = new ChannelListener(config, PhotoLedger.CHANGED, new ChannelListener.Receiver() {
            @Override
            public void listening() {
                heard.clear();
            }

            @Override
            public void notified(String payload) {
                heard.add(payload);
            }

            @Override
            public void lost() {}
        })) {
            listener.begin();
            await().until(listener::isCurrent);

            letter("products.v1.embedder.dlq", 7, "open");
            letter("photos.v1.photo-preparer.dlq", 7, "open");
            await().untilAsserted(() -> assertThat(heard).containsExactly(ANN));
            SqlRun.on(config, "UPDATE operations.dead_letters SET state = 'mended'");
            await().untilAsserted(() -> assertThat(heard).containsExactly(ANN, ANN));
            gallery.announceEverything();
            await().untilAsserted(() -> assertThat(heard).containsExactly(ANN, ANN, GalleryTable.EVERYTHING));
        }
    }

    /** Also while Postgres is free to read the whole table, as it is not on the connections of the services. */
    @Test
    void aPageOfAnOwnerWithManyPhotosIsReadFromTheIndex() {
        SqlRun.on(config, """
                INSERT INTO photos (photo_id, version, owner, file_name, object, uploaded_at)
                SELECT md5(i::text), i, CASE i %% 11 WHEN 0 THEN 'bob' ELSE 'ann' END, i || '.jpg',
                    '{"bucket":"sluice"}', timestamptz '2026-01-01' + (i * 7919 %% 500000) * interval '1 second'
                FROM generate_series(1, %d) AS i""".formatted(MANY * 11 / 10));
        SqlRun.on(config, "VACUUM ANALYZE photos");
        var first = gallery.page(new Part(ANN, 50, null));
        assertThat(first.total()).isEqualTo(MANY);
        var deep = new Place(at("2026-01-02T00:00:00Z"), "x");

        for (var part : List.of(
                new Part(ANN, 50, null),
                new Part(ANN, 50, first.next()),
                new Part(ANN, 50, deep),
                new Part(null, 50, deep))) {
            assertThat(plan(Query.of(part)))
                    .contains(part.owner() == null ? "photos_newest" : "photos_of_owner")
                    .containsPattern("Index Scan using photos_\\S+ on photos p .*rows=51")
                    .doesNotContain("Sort", "Seq Scan", "Rows Removed", "Bitmap");
        }
        assertThat(plan(Query.totalOf(ANN))).contains("on photo_counts").doesNotContain("on photos");
        assertThat(plan(Query.totalOf(null))).contains("on photo_counts").doesNotContain("on photos");

        SqlRun.on(config, """
                INSERT INTO photo_faces (photo_id, face_id, version, box_left, box_top, box_width, box_height, confidence)
                SELECT photo_id, 'face-' || photo_id, version, 0, 0, 1, 1, 99 FROM photos""");
        FaceSql.match(config, "another", ANN);
        SqlRun.on(config, """
                INSERT INTO indexed_faces SELECT face_id, 'sha-of-another' FROM photo_faces;
                INSERT INTO face_matches (face_id, user_id, similarity, threshold, matched_at)
                SELECT 'face-' || photo_id, 'ann', 99, 80, now() FROM photos WHERE owner = 'bob' LIMIT 1000""");
        SqlRun.on(config, "VACUUM ANALYZE photos");
        SqlRun.on(config, "VACUUM ANALYZE photo_faces");
        SqlRun.on(config, "VACUUM ANALYZE face_matches");
        assertThat(gallery.page(new Part(ANN, 50, null)).total()).isEqualTo(MANY + 1000);
        assertThat(plan(Query.withMatches(new Part(ANN, 50, deep), ANN)))
                .contains("photos_of_owner", "photo_faces_by_face")
                .doesNotContain("Seq Scan on photos");
    }

    private String plan(Query query) {
        return postgres.transaction(connection -> {
            Sql.update(connection, "SET LOCAL enable_seqscan = on");
            var lines = Sql.list(
                    connection,
                    "EXPLAIN (ANALYZE, COSTS off, BUFFERS off, TIMING off) " + query.sql(),
                    row -> row.getString(1),
                    query.values().toArray());
            return lines.stream().collect(joining("\n"));
        });
    }

    private void photo(String id, String owner, @Nullable String takenAt, String uploadedAt) {
        SqlRun.on(config, """
                INSERT INTO photos (photo_id, version, owner, file_name, object, taken_at, uploaded_at)
                VALUES ('%1$s', 7, '%2$s', '%1$s.jpg', '{}', %3$s, '%4$s')""".formatted(id, owner, takenAt == null ? "NULL" : "'" + takenAt + "'", uploadedAt));
    }

    private void letter(String topic, int version, String state) {
        SqlRun.on(config, """
                INSERT INTO operations.dead_letters (topic, partition, position, pipeline, consumer_group, key, code,
                    message, attempts, failed_at, redrives, orig_topic, orig_partition, orig_offset, version, state)
                VALUES ('%s', 0, %d, 'x', 'x', 'p', 'X', 'x', 1, now(), 0, 'photos.v1', 0, 0, %d, '%s')""".formatted(topic, version, version, state));
    }

    private static Instant at(String time) {
        return Instant.parse(time);
    }

    private static List<String> ids(Page page) {
        return page.photos().stream().map(ShownPhoto::photoId).toList();
    }
}
