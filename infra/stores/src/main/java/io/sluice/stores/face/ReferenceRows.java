package io.sluice.stores.face;

import io.sluice.stores.postgres.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The table {@code face_references}. A transaction locks the row of its holder before the rows of images. */
final class ReferenceRows {
    private static final String MAKE =
            "INSERT INTO face_references (holder, version) VALUES (?, -1) ON CONFLICT (holder) DO NOTHING";

    private static final String LOCK =
            "SELECT version, sha256, dropped FROM face_references WHERE holder = ? FOR UPDATE";

    private static final String WRITE =
            "UPDATE face_references SET version = ?, sha256 = ?, dropped = ? WHERE holder = ?";

    private static final String STANDS = "SELECT FROM face_references WHERE sha256 = ? AND NOT dropped LIMIT 1";

    private static final String FORGET = "UPDATE face_references SET sha256 = NULL WHERE sha256 = ? AND dropped";

    private ReferenceRows() {}

    /**
     * What a holder refers to.
     *
     * @param version -1 when the holder is new
     * @param sha256 null when it refers to nothing
     * @param isDropped whether it refers to the image no more, but its faces may still have to be removed
     */
    record Reference(long version, @Nullable String sha256, boolean isDropped) {}

    static Reference lock(Connection connection, ImageHolder holder) throws SQLException {
        Sql.update(connection, MAKE, holder.id());
        return Sql.first(connection, LOCK, ReferenceRows::reference, holder.id())
                .orElseThrow();
    }

    /** Writes the new reference, unless it is the one that the row has. A holder that waits asks again and again. */
    static void change(Connection connection, ImageHolder holder, Reference before, Reference now) throws SQLException {
        if (!now.equals(before)) {
            Sql.update(connection, WRITE, now.version(), now.sha256(), now.isDropped(), holder.id());
        }
    }

    /** {@return whether a holder refers to the image; the caller has its row locked} */
    static boolean anyStands(Connection connection, String sha256) throws SQLException {
        return Sql.first(connection, STANDS, _ -> true, sha256).isPresent();
    }

    /** Forgets the hash of an image that has no faces any more. */
    static void forgetDropped(Connection connection, String sha256) throws SQLException {
        Sql.update(connection, FORGET, sha256);
    }

    private static Reference reference(ResultSet row) throws SQLException {
        return new Reference(row.getLong("version"), row.getString("sha256"), row.getBoolean("dropped"));
    }
}
