package io.sluice.stores.face;

import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/**
 * The matches in the table {@code face_matches}. A transaction locks the rows of the enrolments, then those of the images,
 * so that neither can go before the matches are written: what removes them afterwards removes the matches too.
 */
final class PostgresFaceMatches implements FaceMatches {
    private static final String LOCK_ENROLMENTS = """
            SELECT user_id, face_id FROM face_enrolments
            WHERE user_id = ANY (?) AND face_id IS NOT NULL ORDER BY user_id FOR SHARE""";

    private static final String LOCK_IMAGES = """
            SELECT sha256 FROM face_results
            WHERE sha256 IN (SELECT sha256 FROM indexed_faces WHERE face_id = ANY (?)) AND state = 'kept'
            ORDER BY sha256 FOR SHARE""";

    private static final String SAVE = """
            INSERT INTO face_matches AS m (face_id, user_id, similarity, threshold, matched_at)
            SELECT DISTINCT ON (n.face_id, n.user_id) n.face_id, n.user_id, n.similarity, ?::real, clock_timestamp()
            FROM unnest(?::text[], ?::text[], ?::real[]) AS n (face_id, user_id, similarity)
                JOIN indexed_faces f ON f.face_id = n.face_id
            WHERE f.sha256 = ANY (?)
            ORDER BY n.face_id, n.user_id, n.similarity DESC
            ON CONFLICT (face_id, user_id) DO UPDATE
                SET similarity = excluded.similarity, threshold = excluded.threshold
                WHERE (m.similarity, m.threshold) IS DISTINCT FROM (excluded.similarity, excluded.threshold)
            RETURNING user_id""";

    private final Postgres postgres;

    PostgresFaceMatches(Postgres postgres) {
        this.postgres = postgres;
    }

    private record Enrolled(String userId, String faceId) {}

    @Override
    public void save(Collection<Match> matches, float threshold) {
        if (!matches.isEmpty()) {
            postgres.transaction(connection -> {
                save(connection, matches, threshold);
                return threshold;
            });
        }
    }

    private static void save(Connection connection, Collection<Match> matches, float threshold) throws SQLException {
        var enrolled = new HashSet<>(Sql.list(
                connection,
                LOCK_ENROLMENTS,
                row -> new Enrolled(row.getString("user_id"), row.getString("face_id")),
                texts(connection, matches, Match::userId)));
        var valid = matches.stream()
                .filter(match -> enrolled.contains(new Enrolled(match.userId(), match.enrolledFaceId())))
                .toList();
        var images = Sql.list(
                connection, LOCK_IMAGES, row -> row.getString("sha256"), texts(connection, valid, Match::faceId));
        var changed = Sql.list(
                connection,
                SAVE,
                row -> row.getString("user_id"),
                threshold,
                texts(connection, valid, Match::faceId),
                texts(connection, valid, Match::userId),
                connection.createArrayOf(
                        "float4", valid.stream().map(Match::similarity).toArray()),
                connection.createArrayOf("text", images.toArray()));
        Announcements.of(connection, changed);
    }

    private static java.sql.Array texts(
            Connection connection, Collection<Match> matches, Function<Match, String> column) throws SQLException {
        List<String> values = matches.stream().map(column).toList();
        return connection.createArrayOf("text", values.toArray());
    }
}
