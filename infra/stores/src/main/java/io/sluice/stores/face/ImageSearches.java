package io.sluice.stores.face;

import io.sluice.stores.face.FaceResults.Kept;
import io.sluice.stores.postgres.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** When the faces of images were searched for, and when they are due to be searched for once more. */
final class ImageSearches {
    /** How long a new face may be unknown to the provider's search. */
    static final String SETTLED = "interval '60 seconds'";

    /** How long ago a user must have been enrolled for the provider to have certainly searched that face too. */
    private static final String RECENT = "interval '120 seconds'";

    private static final String DONE = """
            UPDATE face_results SET searched_threshold = ?, search_again_at = CASE WHEN EXISTS (
                    SELECT FROM face_enrolments
                    WHERE face_id IS NOT NULL AND enrolled_at > clock_timestamp() - %s)
                THEN clock_timestamp() + %s ELSE search_again_at END
            WHERE sha256 = ? AND made_at = ? AND state = 'kept'""".formatted(RECENT, SETTLED);

    /** Matches of an earlier search with a lower threshold. */
    private static final String FORGET_LESS_SIMILAR = """
            DELETE FROM face_matches m USING indexed_faces f
            WHERE f.sha256 = ? AND m.face_id = f.face_id AND m.similarity < ? RETURNING m.user_id""";

    private static final String DUE = "SELECT " + ImageRow.COLUMNS + """
             FROM face_results WHERE search_again_at <= clock_timestamp() AND state = 'kept'
            ORDER BY search_again_at LIMIT ?""";

    private static final String DONE_AGAIN =
            "UPDATE face_results SET search_again_at = NULL WHERE sha256 = ? AND made_at = ?";

    private ImageSearches() {}

    static void done(Connection connection, Kept image, float threshold) throws SQLException {
        Sql.update(connection, DONE, threshold, image.sha256(), image.madeAt());
        Announcements.of(
                connection,
                Sql.list(connection, FORGET_LESS_SIMILAR, row -> row.getString("user_id"), image.sha256(), threshold));
    }

    static List<Kept> due(Connection connection, int limit) throws SQLException {
        return Sql.list(connection, DUE, row -> ImageRow.read(row).kept(), limit);
    }

    static int doneAgain(Connection connection, Kept image) throws SQLException {
        return Sql.update(connection, DONE_AGAIN, image.sha256(), image.madeAt());
    }
}
