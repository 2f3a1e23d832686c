package io.sluice.stores.photo;

import io.sluice.stores.photo.PhotoLedger.ObjectKey;
import io.sluice.stores.photo.PhotoLedger.Removal;
import io.sluice.stores.postgres.Sql;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The table {@code object_removals}: objects that no photo names any more, until the object store has removed them. Each
 * statement locks its rows in the order of their keys, so that two transactions cannot deadlock.
 */
final class ObjectRemovals {
    private static final String NOTE = """
        INSERT INTO object_removals (bucket, key, due_at)
        SELECT n.bucket, n.key, ? FROM unnest(?::text[], ?::text[]) AS n (bucket, key) ORDER BY n.bucket, n.key
        ON CONFLICT (bucket, key) DO UPDATE SET due_at = excluded.due_at, attempts = 0\
        """;

    private static final String FORGET = """
        WITH locked AS (
            SELECT r.bucket, r.key FROM object_removals r
            JOIN unnest(?::text[], ?::text[]) AS n (bucket, key) ON r.bucket = n.bucket AND r.key = n.key
            ORDER BY r.bucket, r.key FOR UPDATE OF r)
        DELETE FROM object_removals r USING locked l WHERE r.bucket = l.bucket AND r.key = l.key\
        """;

    /** A note that was made again meanwhile has another time: the object may be there again. */
    private static final String LOCK_UNCHANGED = """
        WITH locked AS (
            SELECT r.bucket, r.key FROM object_removals r
            JOIN unnest(?::text[], ?::text[], ?::timestamptz[]) AS n (bucket, key, due_at)
                ON r.bucket = n.bucket AND r.key = n.key AND r.due_at = n.due_at
            ORDER BY r.bucket, r.key FOR UPDATE OF r)
        """;

    private static final String REMOVED =
            LOCK_UNCHANGED + "DELETE FROM object_removals r USING locked l WHERE r.bucket = l.bucket AND r.key = l.key";

    private static final String POSTPONE = LOCK_UNCHANGED + """
        UPDATE object_removals r SET due_at = n.due_at, attempts = r.attempts + 1
        FROM locked l JOIN unnest(?::text[], ?::text[], ?::timestamptz[]) AS n (bucket, key, due_at)
            ON l.bucket = n.bucket AND l.key = n.key
        WHERE r.bucket = l.bucket AND r.key = l.key\
        """;

    private static final String DUE =
            "SELECT bucket, key, due_at, attempts FROM object_removals WHERE due_at <= ? ORDER BY due_at LIMIT ?";

    /** The key of a smaller picture begins with that of its original, so an index on the original's key is enough. */
    private static final String NOTE_UNNAMED = """
        INSERT INTO object_removals (bucket, key, due_at)
        SELECT n.bucket, n.key, ? FROM unnest(?::text[], ?::text[]) AS n (bucket, key)
        WHERE NOT EXISTS (SELECT 1 FROM photos p
            WHERE p.deleted_at IS NULL
            AND p.object ->> 'key' IN (n.key, regexp_replace(n.key, '[.](preview|thumbnail)-[0-9a-f]+$', ''))
            AND n.key IN (p.object ->> 'key', p.preview ->> 'key', p.thumbnail ->> 'key')
            AND p.object ->> 'bucket' = n.bucket)
        ORDER BY n.bucket, n.key
        ON CONFLICT (bucket, key) DO UPDATE SET due_at = excluded.due_at, attempts = 0\
        """;

    private static final String NOTE_UNNAMED_SELFIES = """
            INSERT INTO object_removals (bucket, key, due_at)
            SELECT n.bucket, n.key, ? FROM unnest(?::text[], ?::text[]) AS n (bucket, key)
            WHERE NOT EXISTS (SELECT 1 FROM face_enrolments e
                WHERE e.selfie ->> 'key' = n.key AND e.selfie ->> 'bucket' = n.bucket)
            ORDER BY n.bucket, n.key
            ON CONFLICT (bucket, key) DO NOTHING""";

    private static final String SINCE = "SELECT since FROM photo_sweep";

    private ObjectRemovals() {}

    static void note(Connection connection, Collection<ObjectKey> objects, Instant at) throws SQLException {
        if (!objects.isEmpty()) {
            Sql.update(connection, NOTE, at, buckets(connection, objects), keys(connection, objects));
        }
    }

    /** A photo names these objects again. */
    static void forget(Connection connection, Collection<ObjectKey> objects) throws SQLException {
        if (!objects.isEmpty()) {
            Sql.update(connection, FORGET, buckets(connection, objects), keys(connection, objects));
        }
    }

    static List<Removal> due(Connection connection, Instant now, int limit) throws SQLException {
        return Sql.list(connection, DUE, ObjectRemovals::removal, now, limit);
    }

    private static Removal removal(ResultSet row) throws SQLException {
        return new Removal(
                new ObjectKey(row.getString("bucket"), row.getString("key")),
                Objects.requireNonNull(Sql.time(row, "due_at")),
                row.getInt("attempts"));
    }

    static int removed(Connection connection, Collection<Removal> removals) throws SQLException {
        var objects = objects(removals);
        return Sql.update(
                connection,
                REMOVED,
                buckets(connection, objects),
                keys(connection, objects),
                times(connection, removals.stream().map(Removal::dueAt)));
    }

    static int postpone(Connection connection, Map<Removal, Instant> until) throws SQLException {
        var removals = List.copyOf(until.keySet());
        var objects = objects(removals);
        return Sql.update(
                connection,
                POSTPONE,
                buckets(connection, objects),
                keys(connection, objects),
                times(connection, removals.stream().map(Removal::dueAt)),
                buckets(connection, objects),
                keys(connection, objects),
                times(connection, removals.stream().map(until::get)));
    }

    static int noteUnnamed(Connection connection, Collection<ObjectKey> objects, Instant at) throws SQLException {
        return Sql.update(connection, NOTE_UNNAMED, at, buckets(connection, objects), keys(connection, objects));
    }

    static int noteUnnamedSelfies(Connection connection, Collection<ObjectKey> selfies, Instant at)
            throws SQLException {
        return Sql.update(
                connection, NOTE_UNNAMED_SELFIES, at, buckets(connection, selfies), keys(connection, selfies));
    }

    static Instant since(Connection connection) throws SQLException {
        return Sql.first(connection, SINCE, row -> Objects.requireNonNull(Sql.time(row, "since")))
                .orElse(Instant.MAX);
    }

    private static List<ObjectKey> objects(Collection<Removal> removals) {
        return removals.stream().map(Removal::object).toList();
    }

    private static Array times(Connection connection, Stream<Instant> times) throws SQLException {
        var values = times.map(time -> time.atOffset(ZoneOffset.UTC).toString());
        return connection.createArrayOf("timestamptz", values.toArray());
    }

    private static Array buckets(Connection connection, Collection<ObjectKey> objects) throws SQLException {
        return PostgresPhotoLedger.texts(
                connection, objects.stream().map(ObjectKey::bucket).toList());
    }

    private static Array keys(Connection connection, Collection<ObjectKey> objects) throws SQLException {
        return PostgresPhotoLedger.texts(
                connection, objects.stream().map(ObjectKey::key).toList());
    }
}
