package io.sluice.stores.face;

import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.Sql;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Counts what is left of a user whose photos and face are deleted. Each call throws a {@code PostgresException} on failure. */
public final class OwnerRemains {
    private static final String OBJECTS = """
            SELECT count(*) AS remains FROM object_removals
            WHERE starts_with(key, 'photos/' || ? || '/') OR starts_with(key, 'faces/' || ? || '/')""";

    private static final String PHOTOS = """
            SELECT count(*) AS remains FROM photos WHERE photo_id = ANY (?) AND deleted_at IS NULL""";

    private static final String FACES = """
            SELECT count(*) AS remains FROM unnest(?::text[], ?::bigint[]) AS n (holder, version)
            WHERE NOT EXISTS (SELECT FROM face_references r
                WHERE r.holder = n.holder AND r.version >= n.version AND r.sha256 IS NULL)""";

    private final Postgres postgres;

    public OwnerRemains(Postgres postgres) {
        this.postgres = postgres;
    }

    /** {@return how many of the user's files the object store has not removed yet} */
    public long objects(String owner) {
        return postgres.run(connection -> Sql.first(connection, OBJECTS, row -> row.getLong("remains"), owner, owner))
                .orElseThrow();
    }

    /** {@return how many of these photos the ledger still has} */
    public long photos(Collection<String> photoIds) {
        return postgres.run(connection -> Sql.first(
                        connection,
                        PHOTOS,
                        row -> row.getLong("remains"),
                        connection.createArrayOf("text", photoIds.toArray())))
                .orElseThrow();
    }

    /**
     * {@return of how many of these deleted photos the provider may still have faces, or the rekognizer may make some}
     *
     * @param versions the version of each deletion, by photo id
     */
    public long facesOfPhotos(Map<String, Long> versions) {
        return faces(
                versions.keySet().stream().map(ImageHolder::photo).toList(),
                versions.values().toArray());
    }

    /**
     * {@return how many selfies of a user the provider may still have faces of, or the rekognizer may make some}
     *
     * @param version of the deletion of the user's face
     */
    public long facesOfUser(String userId, long version) {
        return faces(
                List.of(ImageHolder.enrolment(userId), ImageHolder.candidate(userId)), new Object[] {version, version});
    }

    private long faces(List<ImageHolder> holders, Object[] versions) {
        return postgres.run(connection -> Sql.first(
                        connection,
                        FACES,
                        row -> row.getLong("remains"),
                        connection.createArrayOf(
                                "text", holders.stream().map(ImageHolder::id).toArray()),
                        connection.createArrayOf("bigint", versions)))
                .orElseThrow();
    }
}
