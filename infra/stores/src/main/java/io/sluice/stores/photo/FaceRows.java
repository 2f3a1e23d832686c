package io.sluice.stores.photo;

import io.sluice.schemas.photo.PhotoFaces.Face;
import io.sluice.stores.postgres.JsonColumns;
import io.sluice.stores.postgres.Sql;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The table {@code photo_faces}: the faces of photos, one row for each. */
final class FaceRows {
    /** A column of a statement that reads photos {@code p}: the photo's faces as JSON; null when it has none. */
    static final String COLUMN = """
            CASE WHEN p.faces > 0 THEN (
                SELECT jsonb_agg(jsonb_build_object('face_id', f.face_id, 'confidence', f.confidence, 'box',
                    jsonb_build_object('left', f.box_left, 'top', f.box_top, 'width', f.box_width,
                        'height', f.box_height)))
                FROM photo_faces f WHERE f.photo_id = p.photo_id) END AS found_faces""";

    private static final String DELETE = "DELETE FROM photo_faces WHERE photo_id = ANY (?)";

    private static final String INSERT = """
            INSERT INTO photo_faces
                (photo_id, face_id, version, box_left, box_top, box_width, box_height, confidence)
            SELECT * FROM unnest(?::text[], ?::text[], ?::bigint[], ?::float8[], ?::float8[], ?::float8[], ?::float8[],
                ?::float8[])""";

    private FaceRows() {}

    /** A face and what its row says beside it. */
    private record Row(String photoId, long version, Face face) {}

    /** Writes the faces of these photos, and removes those that they had before. The caller has locked the photos. */
    static void write(Connection connection, List<PhotoRow> photos) throws SQLException {
        if (photos.isEmpty()) {
            return;
        }
        var ids = photos.stream().map(PhotoRow::photoId).toList();
        Sql.update(connection, DELETE, PostgresPhotoLedger.texts(connection, ids));
        var rows = new ArrayList<Row>();
        for (var photo : photos) {
            var faces = photo.faces();
            if (faces != null) {
                faces.found().forEach(face -> rows.add(new Row(photo.photoId(), faces.version(), face)));
            }
        }
        if (!rows.isEmpty()) {
            insert(connection, rows);
        }
    }

    private static void insert(Connection connection, List<Row> rows) throws SQLException {
        Sql.update(
                connection,
                INSERT,
                array(connection, "text", rows, Row::photoId),
                array(connection, "text", rows, row -> row.face().faceId()),
                array(connection, "int8", rows, Row::version),
                array(connection, "float8", rows, row -> row.face().box().left()),
                array(connection, "float8", rows, row -> row.face().box().top()),
                array(connection, "float8", rows, row -> row.face().box().width()),
                array(connection, "float8", rows, row -> row.face().box().height()),
                array(connection, "float8", rows, row -> row.face().confidence()));
    }

    private static Array array(Connection connection, String type, List<Row> rows, Function<Row, Object> value)
            throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(value).toArray());
    }

    /** {@return the faces in a row that has {@link #COLUMN}; null while they are not found} */
    static PhotoRow.@Nullable Faces read(ResultSet row) throws SQLException {
        var version = row.getLong("faces_version");
        if (row.wasNull()) {
            return null;
        }
        var found = row.getString("found_faces");
        return new PhotoRow.Faces(
                version,
                row.getString("face_model_version"),
                found == null ? List.of() : List.of(JsonColumns.read(found, Face[].class)));
    }
}
