package io.sluice.stores.photo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import io.sluice.stores.SqlRun;
import io.sluice.stores.photo.GalleryTable.Part;
import io.sluice.stores.photo.PhotoLedger.Deleted;
import io.sluice.stores.photo.PhotoLedger.Entry;
import io.sluice.stores.photo.PhotoLedger.Prepared;
import io.sluice.stores.photo.PhotoLedger.Uploaded;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.PostgresConfig;
import io.sluice.testkit.TestStack;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The counts of photos are right after whatever was written, by several writers at once. */
class PhotoCountsIT {
    private static final Instant AT = Instant.parse("2026-07-14T10:15:30Z");
    private static final int WRITERS = 4;
    private static final int ROUNDS = 60;
    private static final List<String> OWNERS = List.of("ann", "bob", "cid");

    /** What the table of counts has, and what counting gives. */
    private static final String KEPT =
            "SELECT coalesce(string_agg(owner || '=' || photos, ' ' ORDER BY owner), '') FROM photo_counts";

    private static final String COUNTED = """
            SELECT coalesce(string_agg(owner || '=' || photos, ' ' ORDER BY owner), '') FROM (
                SELECT owner, count(*) AS photos FROM photos WHERE deleted_at IS NULL GROUP BY owner) AS n""";

    private final PostgresConfig config = PostgresConfig.of(TestStack.postgres().url());
    private final Postgres postgres = new Postgres(config, WRITERS + 1);
    private final PhotoLedger ledger = new PostgresPhotoLedger(postgres, Clock.systemUTC());
    private final GalleryTable gallery = new GalleryTable(postgres);

    @BeforeEach
    void schema() {
        postgres.awaitReady();
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    @Seeded
    @Test
    void theCountsAreThoseOfThePhotosWhateverWasWritten(Seed seed) throws Exception {
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            var writing = new ArrayList<Future<?>>();
            for (var i = 0; i < WRITERS; i++) {
                var random = seed.random(i);
                writing.add(writers.submit(() -> write(random)));
            }
            for (var writer : writing) {
                writer.get();
            }
        }

        var counted = SqlRun.text(config, COUNTED);
        assertThat(SqlRun.text(config, KEPT)).isEqualTo(counted);
        assertThat(gallery.page(new Part(null, 1, null)).total())
                .isEqualTo(SqlRun.count(config, "SELECT count(*) FROM photos WHERE deleted_at IS NULL"));
        for (var owner : OWNERS) {
            assertThat(gallery.page(new Part(owner, 1, null)).total())
                    .isEqualTo(SqlRun.count(
                            config,
                            "SELECT count(*) FROM photos WHERE deleted_at IS NULL AND owner = '" + owner + "'"));
        }

        SqlRun.on(config, "DELETE FROM photos WHERE owner = 'ann' OR photo_id < 'p5'");
        assertThat(SqlRun.text(config, KEPT)).isEqualTo(SqlRun.text(config, COUNTED));
        SqlRun.on(config, "TRUNCATE photos CASCADE");
        assertThat(SqlRun.text(config, KEPT)).isEmpty();
    }

    private void write(Random random) {
        for (var round = 0; round < ROUNDS; round++) {
            var entries = new ArrayList<Entry>();
            for (var i = random.nextInt(12); i >= 0; i--) {
                entries.add(entry(random));
            }
            ledger.save(entries);
        }
    }

    private static Entry entry(Random random) {
        var id = "p" + random.nextInt(60);
        var version = random.nextLong(200);
        // no photo changes its owner, but the table would let it
        var photo = new PhotoSaved(id, OWNERS.get(random.nextInt(OWNERS.size())), "a.jpg", object(id), null);
        return switch (random.nextInt(4)) {
            case 0 -> new Deleted(id, version, AT);
            case 1 ->
                new Prepared(
                        new PreparedPhoto(photo, object(id + ".preview"), object(id + ".thumbnail"), 4, 3, null),
                        version,
                        AT);
            default -> new Uploaded(photo, version, AT);
        };
    }

    private static StoredObject object(String key) {
        return new StoredObject("sluice", key, "00".repeat(32), "image/jpeg", 1);
    }

    @Test
    void anOwnerWithoutPhotosIsNotCounted() {
        var photo = new PhotoSaved("p", "ann", "a.jpg", object("p"), null);
        ledger.save(List.of(new Uploaded(photo, 1, AT)));
        assertThat(SqlRun.text(config, KEPT)).isEqualTo("ann=1");

        ledger.save(List.of(new Deleted("p", 2, AT)));

        assertThat(SqlRun.text(config, KEPT)).isEmpty();
    }
}
