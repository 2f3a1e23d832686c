package io.sluice.rekognizer.fake;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.sluice.fakes.InMemoryObjects;
import io.sluice.rekognizer.FaceService;
import io.sluice.rekognizer.FaceThreshold;
import io.sluice.rekognizer.index.FaceForgetter;
import io.sluice.rekognizer.index.ImageIndexer;
import io.sluice.rekognizer.index.Leases;
import io.sluice.rekognizer.search.FaceSearcher;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.face.FaceTables;
import io.sluice.stores.photo.PhotoLedger;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.Sql;
import io.sluice.testkit.TestStack;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What handlers work with: the tables in an empty database, and a face service and an object store in memory. */
public final class Workbench implements AutoCloseable {
    private static final Instant AT = Instant.parse("2026-11-28T10:00:00Z");

    private final ApplicationContext stores =
            ApplicationContext.run(Map.of("database.url", TestStack.postgres().url(), "database.pool.size", 8));
    public final InMemoryFaces faces = new InMemoryFaces();
    public final InMemoryObjects objects = new InMemoryObjects();
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final FaceTables tables = stores.getBean(FaceTables.class);
    public final PhotoLedger ledger = stores.getBean(PhotoLedger.class);
    private final Postgres postgres = stores.getBean(Postgres.class);

    /** What one rekognizer works with. */
    public record Bench(Leases leases, FaceForgetter forgetter, ImageIndexer indexer, FaceSearcher searcher)
            implements AutoCloseable {
        @Override
        public void close() {
            leases.close();
        }
    }

    /** {@return one rekognizer} */
    public Bench bench(FaceTables tables, FaceService service) {
        var leases = new Leases(tables.results());
        var forgetter = new FaceForgetter(tables.results(), service, leases);
        return new Bench(
                leases,
                forgetter,
                new ImageIndexer(tables.results(), service, forgetter, "test", meters),
                new FaceSearcher(tables, service, new FaceThreshold(80), meters));
    }

    /** {@return a photo whose preview has these bytes} */
    public PreparedPhoto photo(String photoId, String owner, byte[] preview) {
        return photo(photoId, owner, stored("photos/" + owner + "/" + photoId, preview));
    }

    /** {@return a photo with this preview} */
    public static PreparedPhoto photo(String photoId, String owner, StoredObject preview) {
        var saved = new PhotoSaved(photoId, owner, photoId + ".jpg", preview, null);
        return new PreparedPhoto(saved, preview, preview, 1_000, 800, AT);
    }

    /** {@return an object with these bytes} */
    public StoredObject stored(String folder, byte[] bytes) {
        return objects.put(sha256 -> folder + "/" + sha256, bytes, "image/jpeg");
    }

    /** Runs a statement. */
    public void sql(String statement) {
        postgres.run(connection -> Sql.update(connection, statement));
    }

    /** {@return the values of a column, as text} */
    public List<String> column(String query) {
        return postgres.run(connection -> Sql.list(connection, query, row -> String.valueOf(row.getString(1))));
    }

    /** {@return who is seen in which image: {@code face user}, in order} */
    public List<String> matches() {
        return column("SELECT face_id || ' ' || user_id FROM face_matches ORDER BY 1");
    }

    /** Lets every lease run out, as after a crash. */
    public void endLeases() {
        sql("UPDATE face_results SET held_until = now() - interval '1 second' WHERE state <> 'kept'");
    }

    @Override
    public void close() {
        stores.close();
    }
}
