package io.sluice.stores.photo;

import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.photo.PhotoRow.Pictures;
import io.sluice.stores.photo.PhotoRow.Upload;
import io.sluice.stores.postgres.JsonColumns;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ledger in the tables {@code photos}, {@code photo_faces} and {@code object_removals}. A batch locks the rows of its photos, in the order
 * of their ids, so that two writers cannot deadlock. Then {@link PhotoRow#after} decides, and the rows are written back.
 */
final class PostgresPhotoLedger implements PhotoLedger {
    /** Fills a page of the table, so that the disk must have room for one. No bucket has an empty name. */
    private static final String TRY =
            "INSERT INTO object_removals SELECT '', i::text, now() FROM generate_series(1, 500) AS i";

    /** A row that was not there becomes one that can be locked. Others see it only when its values are in it. */
    private static final String MAKE = """
        INSERT INTO photos (photo_id, version, deleted_at)
        SELECT id, -1, 'epoch' FROM unnest(?::text[]) AS id ORDER BY id
        ON CONFLICT (photo_id) DO NOTHING\
        """;

    private static final String FIND = "SELECT p.*, " + FaceRows.COLUMN + " FROM photos p WHERE p.photo_id = ANY (?)";

    private static final String LOCK = "SELECT FROM photos WHERE photo_id = ANY (?) ORDER BY photo_id FOR UPDATE";

    private static final String OF_OWNER = """
        SELECT photo_id FROM photos
        WHERE owner = ? AND deleted_at IS NULL AND photo_id > ? ORDER BY photo_id LIMIT ?\
        """;

    private static final String ALL =
            "SELECT photo_id FROM photos WHERE deleted_at IS NULL AND photo_id > ? ORDER BY photo_id LIMIT ?";

    private static final String NOTIFY = """
            SELECT pg_notify('%s', n.user_id) FROM (
                SELECT unnest(?::text[]) AS user_id
                UNION SELECT m.user_id FROM face_matches m WHERE m.face_id = ANY (?)) AS n""".formatted(CHANGED);

    private final Postgres postgres;
    private final Clock clock;

    PostgresPhotoLedger(Postgres postgres, Clock clock) {
        this.postgres = postgres;
        this.clock = clock;
    }

    @Override
    public Set<Entry> save(List<Entry> entries) {
        return entries.isEmpty()
                ? Set.of()
                : postgres.transaction(connection -> {
                    var rows = lock(connection, entries);
                    var batch = new PhotoBatch(rows.values());
                    entries.forEach(batch::add);
                    PhotoStatement.write(connection, batch.changed());
                    FaceRows.write(connection, batch.changedFaces());
                    ObjectRemovals.forget(connection, batch.named());
                    ObjectRemovals.note(connection, batch.unnamed(), clock.instant());
                    Sql.list(
                            connection,
                            NOTIFY,
                            row -> row,
                            texts(connection, batch.owners()),
                            texts(connection, batch.faces()));
                    return batch.late();
                });
    }

    private static Map<String, PhotoRow> lock(Connection connection, List<Entry> entries) throws SQLException {
        var ids = texts(
                connection,
                entries.stream().map(Entry::photoId).distinct().sorted().toList());
        Sql.update(connection, MAKE, ids);
        // the faces are read after the locks, because another writer may have changed them meanwhile
        Sql.list(connection, LOCK, row -> row, ids);
        return byId(Sql.list(connection, FIND, PostgresPhotoLedger::row, ids));
    }

    @Override
    public Map<String, PhotoRow> find(Collection<String> photoIds) {
        return photoIds.isEmpty()
                ? Map.of()
                : postgres.run(connection ->
                        byId(Sql.list(connection, FIND, PostgresPhotoLedger::row, texts(connection, photoIds))));
    }

    @Override
    public Optional<PhotoRow> find(String photoId) {
        return find(List.of(photoId)).values().stream()
                .filter(row -> row.upload() != null)
                .findFirst();
    }

    @Override
    public List<String> ofOwner(String owner, @Nullable String after, int limit) {
        return postgres.run(connection -> Sql.list(
                connection, OF_OWNER, row -> row.getString(1), owner, Objects.requireNonNullElse(after, ""), limit));
    }

    @Override
    public List<String> all(@Nullable String after, int limit) {
        return postgres.run(connection ->
                Sql.list(connection, ALL, row -> row.getString(1), Objects.requireNonNullElse(after, ""), limit));
    }

    @Override
    public List<Removal> toRemove(int limit) {
        return postgres.run(connection -> ObjectRemovals.due(connection, clock.instant(), limit));
    }

    @Override
    public void removed(Collection<Removal> removals) {
        if (!removals.isEmpty()) {
            postgres.run(connection -> ObjectRemovals.removed(connection, removals));
        }
    }

    @Override
    public void postpone(Map<Removal, Instant> until) {
        if (!until.isEmpty()) {
            postgres.run(connection -> ObjectRemovals.postpone(connection, until));
        }
    }

    @Override
    public Instant since() {
        return postgres.run(ObjectRemovals::since);
    }

    @Override
    public int noteUnnamed(Collection<ObjectKey> objects) {
        return objects.isEmpty()
                ? 0
                : postgres.run(connection -> ObjectRemovals.noteUnnamed(connection, objects, clock.instant()));
    }

    @Override
    public int noteUnnamedSelfies(Collection<ObjectKey> selfies) {
        return selfies.isEmpty()
                ? 0
                : postgres.run(connection -> ObjectRemovals.noteUnnamedSelfies(connection, selfies, clock.instant()));
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public void probe() {
        postgres.probe(connection -> Postgres.tryToWrite(connection, TRY));
    }

    private static Map<String, PhotoRow> byId(List<PhotoRow> rows) {
        var byId = new TreeMap<String, PhotoRow>();
        rows.forEach(row -> byId.put(row.photoId(), row));
        return byId;
    }

    static java.sql.Array texts(Connection connection, Collection<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }

    private static PhotoRow row(ResultSet row) throws SQLException {
        var deletedAt = Sql.time(row, "deleted_at");
        return new PhotoRow(
                row.getString("photo_id"),
                row.getLong("version"),
                deletedAt == null ? upload(row) : null,
                pictures(row),
                FaceRows.read(row),
                deletedAt);
    }

    private static Upload upload(ResultSet row) throws SQLException {
        return new Upload(
                new PhotoSaved(
                        row.getString("photo_id"),
                        row.getString("owner"),
                        row.getString("file_name"),
                        JsonColumns.read(row.getString("object"), StoredObject.class),
                        Sql.time(row, "taken_at")),
                Objects.requireNonNull(Sql.time(row, "uploaded_at")));
    }

    private static @Nullable Pictures pictures(ResultSet row) throws SQLException {
        var version = row.getLong("prepared_version");
        return row.wasNull()
                ? null
                : new Pictures(
                        version,
                        JsonColumns.read(row.getString("preview"), StoredObject.class),
                        JsonColumns.read(row.getString("thumbnail"), StoredObject.class),
                        row.getInt("width"),
                        row.getInt("height"),
                        Sql.time(row, "prepared_taken_at"));
    }
}
