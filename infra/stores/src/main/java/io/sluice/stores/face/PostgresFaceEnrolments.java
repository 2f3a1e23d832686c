package io.sluice.stores.face;

import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.postgres.JsonColumns;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The enrolments in the table {@code face_enrolments}. Selfies of no enrolment are noted in the table {@code
 * object_removals}, from which the indexer removes objects.
 */
final class PostgresFaceEnrolments implements FaceEnrolments {
    private static final String MAKE = """
            INSERT INTO face_enrolments (user_id, version, deleted_at) VALUES (?, -1, 'epoch')
            ON CONFLICT (user_id) DO NOTHING""";

    private static final String FIND = "SELECT * FROM face_enrolments WHERE user_id = ?";

    private static final String SAVE = """
            UPDATE face_enrolments SET version = ?, face_id = ?, sha256 = ?, model_version = ?, selfie = ?::jsonb,
                consented_at = ?, deleted_at = NULL,
                enrolled_at = CASE WHEN version = ? AND face_id = ? THEN enrolled_at ELSE clock_timestamp() END,
                search_again_at = clock_timestamp() + %s
            WHERE user_id = ?""".formatted(ImageSearches.SETTLED);

    private static final String DELETE = """
            UPDATE face_enrolments SET version = ?, face_id = NULL, sha256 = NULL, model_version = NULL, selfie = NULL,
                consented_at = NULL, enrolled_at = NULL, search_again_at = NULL, deleted_at = clock_timestamp()
            WHERE user_id = ?""";

    private static final String FORGET_MATCHES = "DELETE FROM face_matches WHERE user_id = ? RETURNING user_id";

    private static final String FORGET_LESS_SIMILAR =
            "DELETE FROM face_matches WHERE user_id = ? AND similarity < ? RETURNING user_id";

    private static final String NOTE_OBJECT = """
        INSERT INTO object_removals (bucket, key, due_at) VALUES (?, ?, clock_timestamp())
        ON CONFLICT (bucket, key) DO UPDATE SET due_at = excluded.due_at, attempts = 0""";

    private static final String FORGET_OBJECT = "DELETE FROM object_removals WHERE bucket = ? AND key = ?";

    private static final String ALL =
            "SELECT * FROM face_enrolments WHERE user_id > ? AND face_id IS NOT NULL ORDER BY user_id LIMIT ?";

    private static final String ANY = "SELECT FROM face_enrolments WHERE face_id IS NOT NULL LIMIT 1";

    private static final String WITH_FACES = "SELECT * FROM face_enrolments WHERE face_id = ANY (?) ORDER BY user_id";

    private static final String DUE = """
            SELECT * FROM face_enrolments WHERE search_again_at <= clock_timestamp() AND face_id IS NOT NULL
            ORDER BY search_again_at LIMIT ?""";

    private static final String SEARCHED_AGAIN =
            "UPDATE face_enrolments SET search_again_at = NULL WHERE user_id = ? AND version = ?";

    private final Postgres postgres;

    PostgresFaceEnrolments(Postgres postgres) {
        this.postgres = postgres;
    }

    @Override
    public Optional<Known> find(String userId) {
        return postgres.run(connection -> Sql.first(connection, FIND, PostgresFaceEnrolments::known, userId));
    }

    @Override
    public boolean save(Enrolment enrolment, float threshold) {
        return postgres.transaction(connection -> {
            var known = lock(connection, enrolment.userId());
            if (known.version() > enrolment.version()) {
                noteUnlessNamed(connection, known, enrolment.selfie());
                return false;
            }
            write(connection, enrolment);
            var former = known.enrolment();
            if (former != null && !former.selfie().equals(enrolment.selfie())) {
                note(connection, former.selfie());
            }
            var isSameFace = former != null && former.faceId().equals(enrolment.faceId());
            Announcements.of(
                    connection,
                    isSameFace
                            ? forget(connection, FORGET_LESS_SIMILAR, enrolment.userId(), threshold)
                            : forget(connection, FORGET_MATCHES, enrolment.userId()));
            return true;
        });
    }

    private static void write(Connection connection, Enrolment enrolment) throws SQLException {
        var selfie = enrolment.selfie();
        Sql.update(
                connection,
                SAVE,
                enrolment.version(),
                enrolment.faceId(),
                enrolment.sha256(),
                enrolment.modelVersion(),
                JsonColumns.write(selfie),
                enrolment.consentedAt(),
                enrolment.version(),
                enrolment.faceId(),
                enrolment.userId());
        Sql.update(connection, FORGET_OBJECT, selfie.bucket(), selfie.key());
    }

    @Override
    public void refuse(String userId, StoredObject selfie) {
        postgres.transaction(connection -> {
            noteUnlessNamed(connection, lock(connection, userId), selfie);
            return userId;
        });
    }

    @Override
    public boolean delete(String userId, long version) {
        return postgres.transaction(connection -> {
            var known = lock(connection, userId);
            if (known.version() > version) {
                return false;
            }
            var former = known.enrolment();
            if (former != null || known.version() < version) {
                Sql.update(connection, DELETE, version, userId);
            }
            if (former != null) {
                note(connection, former.selfie());
            }
            Announcements.of(connection, forget(connection, FORGET_MATCHES, userId));
            return true;
        });
    }

    @Override
    public List<Enrolment> all(String after, int limit) {
        return postgres.run(connection -> Sql.list(connection, ALL, PostgresFaceEnrolments::enrolment, after, limit));
    }

    @Override
    public boolean isAnyEnrolled() {
        return postgres.run(connection -> Sql.first(connection, ANY, _ -> true)).isPresent();
    }

    @Override
    public List<Enrolment> withFaces(Collection<String> faceIds) {
        return faceIds.isEmpty()
                ? List.of()
                : postgres.run(connection -> Sql.list(
                        connection,
                        WITH_FACES,
                        PostgresFaceEnrolments::enrolment,
                        connection.createArrayOf("text", faceIds.toArray())));
    }

    @Override
    public List<Enrolment> dueSearches(int limit) {
        return postgres.run(connection -> Sql.list(connection, DUE, PostgresFaceEnrolments::enrolment, limit));
    }

    @Override
    public void searchedAgain(Enrolment enrolment) {
        postgres.run(connection -> Sql.update(connection, SEARCHED_AGAIN, enrolment.userId(), enrolment.version()));
    }

    private static Known lock(Connection connection, String userId) throws SQLException {
        Sql.update(connection, MAKE, userId);
        return Sql.first(connection, FIND + " FOR UPDATE", PostgresFaceEnrolments::known, userId)
                .orElseThrow();
    }

    private static List<String> forget(Connection connection, String sql, Object... values) throws SQLException {
        return Sql.list(connection, sql, row -> row.getString("user_id"), values);
    }

    private static void noteUnlessNamed(Connection connection, Known known, StoredObject selfie) throws SQLException {
        var enrolment = known.enrolment();
        if (enrolment == null || !enrolment.selfie().key().equals(selfie.key())) {
            note(connection, selfie);
        }
    }

    private static void note(Connection connection, StoredObject selfie) throws SQLException {
        Sql.update(connection, NOTE_OBJECT, selfie.bucket(), selfie.key());
    }

    private static Known known(ResultSet row) throws SQLException {
        var isEnrolled = row.getString("face_id") != null;
        return new Known(
                row.getLong("version"),
                isEnrolled ? enrolment(row) : null,
                Sql.time(row, "enrolled_at"),
                Sql.time(row, "deleted_at"));
    }

    private static Enrolment enrolment(ResultSet row) throws SQLException {
        return new Enrolment(
                row.getString("user_id"),
                row.getLong("version"),
                row.getString("face_id"),
                row.getString("sha256"),
                row.getString("model_version"),
                JsonColumns.read(row.getString("selfie"), StoredObject.class),
                Objects.requireNonNull(Sql.time(row, "consented_at")));
    }
}
