package io.sluice.stores;

import io.sluice.stores.postgres.PostgresConfig;

/** Writes the rows of faces that other tests need, by SQL. */
public final class FaceSql {
    private FaceSql() {}

    /** Says that the provider has a face, and that it matches the user's. */
    public static void match(PostgresConfig config, String faceId, String userId) {
        SqlRun.on(config, """
                INSERT INTO face_results (sha256, operation, parameters, model_version, state, result, made_at)
                VALUES ('sha-of-%1$s', 'IndexFaces', '', '7.0', 'kept', '[]', now()) ON CONFLICT DO NOTHING;
                INSERT INTO indexed_faces VALUES ('%1$s', 'sha-of-%1$s') ON CONFLICT DO NOTHING;
                INSERT INTO face_enrolments (user_id, version) VALUES ('%2$s', -1) ON CONFLICT DO NOTHING;
                INSERT INTO face_matches (face_id, user_id, similarity, threshold, matched_at)
                VALUES ('%1$s', '%2$s', 99, 80, now())""".formatted(faceId, userId));
    }
}
