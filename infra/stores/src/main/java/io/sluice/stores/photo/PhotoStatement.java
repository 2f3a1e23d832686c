package io.sluice.stores.photo;

import io.sluice.stores.photo.PhotoRow.Faces;
import io.sluice.stores.photo.PhotoRow.Pictures;
import io.sluice.stores.photo.PhotoRow.Upload;
import io.sluice.stores.postgres.JsonColumns;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes whole rows of the table {@code photos} that exist already. */
final class PhotoStatement {
    private static final String UPDATE = """
            UPDATE photos p SET
                version = n.version, deleted_at = n.deleted_at,
                owner = n.owner, file_name = n.file_name, object = n.object, taken_at = n.taken_at,
                uploaded_at = n.uploaded_at,
                prepared_version = n.prepared_version, preview = n.preview, thumbnail = n.thumbnail, width = n.width,
                height = n.height, prepared_taken_at = n.prepared_taken_at,
                faces_version = n.faces_version, face_model_version = n.face_model_version, faces = n.faces
            FROM unnest(?::text[], ?::bigint[], ?::timestamptz[], ?::text[], ?::text[], ?::jsonb[], ?::timestamptz[],
                    ?::timestamptz[], ?::bigint[], ?::jsonb[], ?::jsonb[], ?::integer[], ?::integer[], ?::timestamptz[],
                    ?::bigint[], ?::text[], ?::integer[])
                AS n (photo_id, version, deleted_at, owner, file_name, object, taken_at, uploaded_at, prepared_version,
                    preview, thumbnail, width, height, prepared_taken_at, faces_version, face_model_version, faces)
            WHERE p.photo_id = n.photo_id""";

    private PhotoStatement() {}

    static void write(Connection connection, List<PhotoRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(UPDATE)) {
            var columns = List.<Column>of(
                    new Column("text", PhotoRow::photoId),
                    new Column("bigint", PhotoRow::version),
                    new Column("timestamptz", row -> time(row.deletedAt())),
                    new Column("text", upload(upload -> upload.photo().owner())),
                    new Column("text", upload(upload -> upload.photo().fileName())),
                    new Column(
                            "text",
                            upload(upload -> JsonColumns.write(upload.photo().object()))),
                    new Column(
                            "timestamptz", upload(upload -> time(upload.photo().takenAt()))),
                    new Column("timestamptz", upload(upload -> time(upload.at()))),
                    new Column("bigint", pictures(Pictures::version)),
                    new Column("text", pictures(pictures -> JsonColumns.write(pictures.preview()))),
                    new Column("text", pictures(pictures -> JsonColumns.write(pictures.thumbnail()))),
                    new Column("integer", pictures(Pictures::width)),
                    new Column("integer", pictures(Pictures::height)),
                    new Column("timestamptz", pictures(pictures -> time(pictures.takenAt()))),
                    new Column("bigint", faces(Faces::version)),
                    new Column("text", faces(Faces::modelVersion)),
                    new Column("integer", faces(faces -> faces.found().size())));
            for (var i = 0; i < columns.size(); i++) {
                var column = columns.get(i);
                var values = rows.stream().map(column.value()).toArray();
                statement.setArray(i + 1, connection.createArrayOf(column.type(), values));
            }
            statement.executeUpdate();
        }
    }

    /** @param type of the values as the driver sends them */
    private record Column(String type, Function<PhotoRow, @Nullable Object> value) {}

    private static Function<PhotoRow, @Nullable Object> upload(Function<Upload, @Nullable Object> column) {
        return row -> row.upload() == null ? null : column.apply(row.upload());
    }

    private static Function<PhotoRow, @Nullable Object> pictures(Function<Pictures, @Nullable Object> column) {
        return row -> row.pictures() == null ? null : column.apply(row.pictures());
    }

    private static Function<PhotoRow, @Nullable Object> faces(Function<Faces, @Nullable Object> column) {
        return row -> row.faces() == null ? null : column.apply(row.faces());
    }

    private static @Nullable Object time(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC).toString();
    }
}
