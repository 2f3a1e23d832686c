package io.sluice.stores.face;

import io.sluice.schemas.photo.PhotoFaces.Face;
import io.sluice.stores.face.FaceResults.Kept;
import io.sluice.stores.face.FaceResults.Removal;
import io.sluice.stores.postgres.JsonColumns;
import io.sluice.stores.postgres.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables {@code face_results} and {@code indexed_faces}. Rows are locked in the order of their hashes. */
final class ImageRows {
    private static final String LEASE = "clock_timestamp() + interval '" + FaceResults.LEASE + " seconds'";

    private static final String CLAIM = """
            INSERT INTO face_results (sha256, operation, parameters, model_version, state, held_by, held_until)
            VALUES (?, ?, ?, ?, 'claimed', ?, %s) ON CONFLICT (sha256) DO NOTHING""".formatted(LEASE);

    private static final String CLAIM_AGAIN = """
            UPDATE face_results SET operation = ?, parameters = ?, model_version = ?, held_by = ?, held_until = %s
            WHERE sha256 = ?""".formatted(LEASE);

    private static final String LOCK =
            "SELECT " + ImageRow.COLUMNS + " FROM face_results WHERE sha256 = ANY (?) ORDER BY sha256 FOR UPDATE";

    private static final String KEEP = """
            INSERT INTO face_results (sha256, operation, parameters, model_version, state, result, made_at)
            VALUES (?, ?, ?, ?, 'kept', ?::jsonb, clock_timestamp())
            ON CONFLICT (sha256) DO UPDATE SET operation = excluded.operation, parameters = excluded.parameters,
                model_version = excluded.model_version, state = excluded.state, result = excluded.result,
                made_at = excluded.made_at, held_by = NULL, held_until = NULL
            RETURNING %s""".formatted(ImageRow.COLUMNS);

    private static final String KEEP_FACES = """
            INSERT INTO indexed_faces (face_id, sha256) SELECT face_id, ? FROM unnest(?::text[]) AS face_id
            ON CONFLICT (face_id) DO NOTHING""";

    private static final String REMOVE = """
            INSERT INTO face_results (sha256, operation, parameters, model_version, state, held_by, held_until, result)
            VALUES (?, ?, ?, ?, 'removing', ?, %s, ?::jsonb)
            ON CONFLICT (sha256) DO UPDATE SET state = excluded.state, held_by = excluded.held_by,
                held_until = excluded.held_until, result = excluded.result,
                search_again_at = NULL""".formatted(LEASE);

    private static final String FORGET_MATCHES = """
            DELETE FROM face_matches m USING indexed_faces f
            WHERE f.sha256 = ? AND m.face_id = f.face_id RETURNING m.user_id""";

    private static final String DELETE = "DELETE FROM face_results WHERE sha256 = ? AND state = ? AND held_by = ?";

    private static final String RENEW = """
            UPDATE face_results SET held_until = %s
            WHERE held_by = ANY (?) AND state <> 'kept' AND held_until > clock_timestamp()""".formatted(LEASE);

    private static final String FREE = """
            UPDATE face_results SET held_until = clock_timestamp()
            WHERE sha256 = ? AND state = ? AND held_by = ?""";

    private static final String UNFINISHED = """
            SELECT %s FROM face_results r
            WHERE state <> 'kept' AND held_until < clock_timestamp()
                AND (state = 'removing'
                    OR NOT EXISTS (SELECT FROM face_references f WHERE f.sha256 = r.sha256 AND NOT f.dropped))
            ORDER BY sha256 LIMIT ? FOR UPDATE OF r SKIP LOCKED""".formatted(ImageRow.COLUMNS);

    private ImageRows() {}

    /** Claims an image that has no row. {@return whether it had none} */
    static boolean claim(Connection connection, SentImage image, String token) throws SQLException {
        return Sql.update(
                        connection,
                        CLAIM,
                        image.sha256(),
                        image.operation(),
                        image.parameters(),
                        image.modelVersion(),
                        token)
                == 1;
    }

    /** Takes a claim over. */
    static void claimAgain(Connection connection, SentImage image, String token) throws SQLException {
        Sql.update(
                connection,
                CLAIM_AGAIN,
                image.operation(),
                image.parameters(),
                image.modelVersion(),
                token,
                image.sha256());
    }

    static Optional<ImageRow> lock(Connection connection, String sha256) throws SQLException {
        return lock(connection, List.of(sha256)).stream().findFirst();
    }

    static List<ImageRow> lock(Connection connection, Collection<String> hashes) throws SQLException {
        return Sql.list(connection, LOCK, ImageRow::read, connection.createArrayOf("text", hashes.toArray()));
    }

    static Kept keep(Connection connection, SentImage image, List<Face> faces) throws SQLException {
        var kept = Sql.first(
                        connection,
                        KEEP,
                        ImageRow::read,
                        image.sha256(),
                        image.operation(),
                        image.parameters(),
                        image.modelVersion(),
                        JsonColumns.write(faces))
                .orElseThrow()
                .kept();
        Sql.update(
                connection,
                KEEP_FACES,
                image.sha256(),
                connection.createArrayOf("text", ImageRow.ids(faces).toArray()));
        return kept;
    }

    /**
     * Lets the faces of a locked image be removed. Their matches go at once.
     *
     * @param faces null when they are not known
     */
    static Removal remove(Connection connection, SentImage image, @Nullable List<Face> faces, String token)
            throws SQLException {
        Sql.update(
                connection,
                REMOVE,
                image.sha256(),
                image.operation(),
                image.parameters(),
                image.modelVersion(),
                token,
                faces == null ? null : JsonColumns.write(faces));
        Announcements.of(
                connection, Sql.list(connection, FORGET_MATCHES, row -> row.getString("user_id"), image.sha256()));
        return new Removal(image.sha256(), token, faces == null ? null : ImageRow.ids(faces));
    }

    /** {@return whether the row was there with this token} */
    static boolean delete(Connection connection, String sha256, ImageRow.State state, String token)
            throws SQLException {
        return Sql.update(connection, DELETE, sha256, state.column(), token) == 1;
    }

    /** Renews leases that are not over. */
    static int renew(Connection connection, Collection<String> tokens) throws SQLException {
        return Sql.update(connection, RENEW, connection.createArrayOf("text", tokens.toArray()));
    }

    static void free(Connection connection, String sha256, ImageRow.State state, String token) throws SQLException {
        Sql.update(connection, FREE, sha256, state.column(), token);
    }

    /** {@return locked rows whose lease is over: of removals, and of claimed images without a reference} */
    static List<ImageRow> unfinished(Connection connection, int limit) throws SQLException {
        return Sql.list(connection, UNFINISHED, ImageRow::read, limit);
    }
}
