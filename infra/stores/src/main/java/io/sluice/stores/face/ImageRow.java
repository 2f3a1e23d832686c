package io.sluice.stores.face;

import com.fasterxml.jackson.core.type.TypeReference;
import io.sluice.schemas.photo.PhotoFaces.Face;
import io.sluice.stores.face.FaceResults.Kept;
import io.sluice.stores.postgres.JsonColumns;
import io.sluice.stores.postgres.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code face_results}.
 *
 * @param isHeld whether a process has a lease of it
 * @param faces null when no result is known
 */
record ImageRow(
        SentImage image,
        State state,
        @Nullable String token,
        boolean isHeld,
        @Nullable List<Face> faces,
        @Nullable Float searchedWith,
        @Nullable Instant madeAt) {
    static final String COLUMNS = """
            sha256, operation, parameters, model_version, state, held_by,
            coalesce(held_until > clock_timestamp(), false) AS is_held, result, searched_threshold, made_at""";

    private static final TypeReference<List<Face>> FACES = new TypeReference<>() {};

    /** What is being done with the image. */
    enum State {
        CLAIMED,
        KEPT,
        REMOVING;

        String column() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static ImageRow read(ResultSet row) throws SQLException {
        var result = row.getString("result");
        return new ImageRow(
                new SentImage(
                        row.getString("sha256"),
                        row.getString("operation"),
                        row.getString("parameters"),
                        row.getString("model_version")),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("held_by"),
                row.getBoolean("is_held"),
                result == null ? null : JsonColumns.read(result, FACES),
                row.getObject("searched_threshold", Float.class),
                Sql.time(row, "made_at"));
    }

    Kept kept() {
        return new Kept(
                image.sha256(),
                image.modelVersion(),
                Objects.requireNonNull(faces, "a kept result"),
                searchedWith,
                Objects.requireNonNull(madeAt, "a kept result"));
    }

    static List<String> ids(List<Face> faces) {
        return faces.stream().map(Face::faceId).toList();
    }
}
