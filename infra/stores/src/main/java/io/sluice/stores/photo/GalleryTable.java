package io.sluice.stores.photo;

import io.sluice.schemas.Topics;
import io.sluice.schemas.photo.PhotoFaces.Box;
import io.sluice.stores.postgres.JsonColumns;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what galleries show, newest first: by the time at which a picture was taken, or else uploaded. Each call throws
 * a {@code PostgresException} when Postgres fails.
 */
public final class GalleryTable {
    /** Announced as {@link PhotoLedger#CHANGED} when nothing that was read before counts any more. No owner has this id. */
    public static final String EVERYTHING = "*";

    /** A letter of one of these topics means that the preview and the thumbnail are not made. */
    private static final String LETTERS_OF_PREPARATION = quoted(
            Topics.deadLetters(Topics.PHOTOS.name(), Topics.PHOTO_PREPARER),
            Topics.deadLetters(Topics.PHOTOS.name(), Topics.PHOTO_INDEXER),
            Topics.deadLetters(Topics.PREPARED_PHOTOS.name(), Topics.PREPARED_PHOTO_INDEXER));

    /** An open letter of one of these topics means that the photo has failed. */
    private static final String DEAD_LETTERS = LETTERS_OF_PREPARATION
            + ", "
            + quoted(
                    Topics.deadLetters(Topics.PREPARED_PHOTOS.name(), Topics.REKOGNIZER),
                    Topics.deadLetters(Topics.PHOTO_FACES.name(), Topics.FACE_INDEXER));

    private static final String PHOTOS = """
            SELECT p.photo_id, p.owner, p.file_name, coalesce(p.prepared_taken_at, p.taken_at) AS taken_at,
                p.uploaded_at, p.width, p.height, p.shown_at, p.prepared_version = p.version AS is_prepared,
                p.faces_version = p.version AS is_recognized, coalesce(p.faces, 0) AS faces,
                EXISTS (SELECT FROM operations.dead_letters l WHERE l.topic IN (%s) AND l.key = p.photo_id
                    AND l.version = p.version AND (l.state = 'open' OR l.state IN ('discarded', 'expired')
                        AND p.prepared_version IS DISTINCT FROM p.version)) AS has_failed
            FROM photos p WHERE p.deleted_at IS NULL""".formatted(DEAD_LETTERS);

    private static final String COUNT = "SELECT count(*) AS photos FROM photos p WHERE p.deleted_at IS NULL";
    /** Kept by triggers of {@code photos}: to count the photos of an owner takes longer the more there are. */
    private static final String TOTAL = "SELECT coalesce(sum(c.photos), 0) AS photos FROM photo_counts c";

    private static final String TOTAL_OF_OWNER = TOTAL + " WHERE c.owner = ?";
    /** What one record made fail in several pipelines is counted once. */
    private static final String FAILURES = """
            SELECT count(DISTINCT (key, version)) AS failures FROM operations.dead_letters
            WHERE topic IN (%s) AND state IN ('open', 'discarded', 'expired')""".formatted(DEAD_LETTERS);

    /** A letter that was discarded, or has expired, is not sent back: nothing will be made either. */
    private static final String NOT_PREPARED = """
            SELECT l.code, l.message FROM photos p JOIN operations.dead_letters l
                ON l.topic IN (%s) AND l.key = p.photo_id AND l.version = p.version
            WHERE p.photo_id = ? AND p.deleted_at IS NULL AND l.state IN ('open', 'discarded', 'expired')
            ORDER BY l.failed_at DESC LIMIT 1""".formatted(LETTERS_OF_PREPARATION);

    private static final String OF_OWNER = " AND p.owner = ?";

    /** Of the photos that show a user, the ids. */
    private static final String MATCHED =
            "SELECT f.photo_id FROM face_matches m JOIN photo_faces f ON f.face_id = m.face_id WHERE m.user_id = ?";

    private static final String OF_MATCHED = " AND p.photo_id IN (" + MATCHED + ")";
    private static final String OF_OTHERS = " AND p.owner <> ?" + OF_MATCHED;

    private static final String HAS_MATCHES = "SELECT FROM face_matches WHERE user_id = ? LIMIT 1";

    private static final String IS_IN = COUNT + " AND p.photo_id = ?" + OF_MATCHED;

    private static final String FACES = """
            SELECT f.box_left, f.box_top, f.box_width, f.box_height, f.confidence, coalesce((
                SELECT jsonb_agg(jsonb_build_object('user_id', m.user_id, 'username', u.username,
                    'similarity', m.similarity) ORDER BY m.similarity DESC, u.username)
                FROM face_matches m JOIN access.users u ON u.id::text = m.user_id
                WHERE m.face_id = f.face_id), '[]') AS people
            FROM photo_faces f JOIN photos p USING (photo_id)
            WHERE f.photo_id = ? AND p.deleted_at IS NULL ORDER BY f.box_left, f.face_id""";

    private static final String BEFORE = " AND (p.shown_at, p.photo_id) < (?, ?)";
    private static final String NEWEST_FIRST = " ORDER BY p.shown_at DESC, p.photo_id DESC LIMIT ?";

    private final Postgres postgres;

    public GalleryTable(Postgres postgres) {
        this.postgres = postgres;
    }

    /** The place of a photo in a gallery; the id decides between photos of the same moment. */
    public record Place(Instant shownAt, String photoId) {}

    /**
     * A part of a gallery.
     *
     * @param owner the user who uploaded the photos, or whose face they show; null for the photos of all owners
     * @param before the part begins after this place; null for the newest photos
     */
    public record Part(
            @Nullable String owner, int limit, @Nullable Place before) {}

    /**
     * A page of a gallery.
     *
     * @param next the place that the next page begins after; null when this is the last page
     * @param total number of photos on all pages
     */
    public record Page(List<ShownPhoto> photos, @Nullable Place next, long total) {
        public Page {
            photos = List.copyOf(photos);
        }
    }

    private record Row(ShownPhoto photo, Place place) {}

    /** {@return this part of the gallery} */
    public Page page(Part part) {
        return postgres.run(connection -> {
            var matched = matched(connection, part);
            var query = matched.map(user -> Query.withMatches(part, user)).orElseGet(() -> Query.of(part));
            var rows = Sql.list(
                    connection, query.sql(), GalleryTable::row, query.values().toArray());
            var shown = rows.subList(0, Math.min(part.limit(), rows.size()));
            var isAll = part.before() == null && shown.size() == rows.size();
            return new Page(
                    shown.stream().map(Row::photo).toList(),
                    shown.size() == rows.size() ? null : shown.getLast().place(),
                    isAll ? rows.size() : total(connection, part, matched));
        });
    }

    /** {@return the owner of the part, if a face in any photo matches the owner's} */
    private static Optional<String> matched(Connection connection, Part part) throws SQLException {
        var user = part.owner();
        return user == null ? Optional.empty() : Sql.first(connection, HAS_MATCHES, row -> user, user);
    }

    /** {@return the photo; empty when there is none, or it is deleted} */
    public Optional<ShownPhoto> find(String photoId) {
        return postgres.run(
                connection -> Sql.first(connection, PHOTOS + " AND p.photo_id = ?", GalleryTable::photo, photoId));
    }

    /** {@return the faces in the photo, from left to right, each with the users whose face it may be} */
    public List<ShownFace> faces(String photoId) {
        return postgres.run(connection -> Sql.list(connection, FACES, GalleryTable::face, photoId));
    }

    /** {@return why the preview and the thumbnail of the photo are not made; empty when that did not fail} */
    public Optional<PhotoFailure> whyNotPrepared(String photoId) {
        return postgres.run(connection -> Sql.first(
                connection,
                NOT_PREPARED,
                row -> new PhotoFailure(row.getString("code"), row.getString("message")),
                photoId));
    }

    /** {@return whether the photo shows a face that matches the user's} */
    public boolean isIn(String photoId, String userId) {
        return postgres.run(connection -> count(connection, new Query(IS_IN, List.of(photoId, userId)))) > 0;
    }

    /** {@return in how many photos, the user's own and others, a face matches the user's} */
    public long photosWith(String userId) {
        return postgres.run(connection -> count(connection, new Query(COUNT + OF_MATCHED, List.of(userId))));
    }

    /** {@return how many uploads and deletions were given up, and have not passed since; those of the last year} */
    public long failures() {
        return postgres.run(connection -> Sql.first(connection, FAILURES, row -> row.getLong("failures")))
                .orElseThrow();
    }

    /** Tells every listener to {@link PhotoLedger#CHANGED} that nothing it has read counts any more. */
    public void announceEverything() {
        postgres.run(connection ->
                Sql.list(connection, "SELECT pg_notify(?, ?)", row -> EVERYTHING, PhotoLedger.CHANGED, EVERYTHING));
    }

    private static long total(Connection connection, Part part, Optional<String> matched) throws SQLException {
        var own = count(connection, Query.totalOf(part.owner()));
        return matched.isEmpty() ? own : own + count(connection, Query.countOfMatches(matched.get()));
    }

    private static long count(Connection connection, Query query) throws SQLException {
        return Sql.first(
                        connection,
                        query.sql(),
                        row -> row.getLong("photos"),
                        query.values().toArray())
                .orElseThrow();
    }

    /** A statement and its values. */
    record Query(String sql, List<Object> values) {
        /** Reads one row more than the page has, which tells whether there is a next page. */
        static Query of(Part part) {
            return part.owner() == null ? of(part, "", List.of()) : of(part, OF_OWNER, List.of(part.owner()));
        }

        /** As {@link #of(Part)}, and the photos of others that show the owner of the part. */
        static Query withMatches(Part part, String user) {
            var own = of(part);
            var others = of(part, OF_OTHERS, List.of(user, user));
            var values = new ArrayList<>(own.values());
            values.addAll(others.values());
            values.add(part.limit() + 1);
            return new Query(
                    "SELECT * FROM ((%s) UNION ALL (%s)) AS p%s".formatted(own.sql(), others.sql(), NEWEST_FIRST),
                    values);
        }

        private static Query of(Part part, String whose, List<String> users) {
            var sql = new StringBuilder(PHOTOS).append(whose);
            var values = new ArrayList<Object>(users);
            if (part.before() != null) {
                sql.append(BEFORE);
                values.add(part.before().shownAt());
                values.add(part.before().photoId());
            }
            sql.append(NEWEST_FIRST);
            values.add(part.limit() + 1);
            return new Query(sql.toString(), values);
        }

        static Query totalOf(@Nullable String owner) {
            return owner == null ? new Query(TOTAL, List.of()) : new Query(TOTAL_OF_OWNER, List.of(owner));
        }

        static Query countOfMatches(String user) {
            return new Query(COUNT + OF_OTHERS, List.of(user, user));
        }
    }

    private static ShownFace face(ResultSet row) throws SQLException {
        return new ShownFace(
                new Box(
                        row.getDouble("box_left"),
                        row.getDouble("box_top"),
                        row.getDouble("box_width"),
                        row.getDouble("box_height")),
                row.getDouble("confidence"),
                List.of(JsonColumns.read(row.getString("people"), ShownFace.Person[].class)));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(photo(row), new Place(required(Sql.time(row, "shown_at")), row.getString("photo_id")));
    }

    private static ShownPhoto photo(ResultSet row) throws SQLException {
        return new ShownPhoto(
                row.getString("photo_id"),
                row.getString("owner"),
                row.getString("file_name"),
                status(row),
                Sql.time(row, "taken_at"),
                required(Sql.time(row, "uploaded_at")),
                row.getObject("width", Integer.class),
                row.getObject("height", Integer.class),
                row.getInt("faces"));
    }

    private static PhotoStatus status(ResultSet row) throws SQLException {
        if (row.getBoolean("has_failed")) {
            return PhotoStatus.FAILED;
        }
        if (!row.getBoolean("is_prepared")) {
            return PhotoStatus.QUEUED;
        }
        return row.getBoolean("is_recognized") ? PhotoStatus.RECOGNIZED : PhotoStatus.PREPARED;
    }

    private static String quoted(String... topics) {
        return Stream.of(topics).collect(Collectors.joining("', '", "'", "'"));
    }

    private static Instant required(@Nullable Instant time) {
        return Optional.ofNullable(time).orElseThrow();
    }
}
