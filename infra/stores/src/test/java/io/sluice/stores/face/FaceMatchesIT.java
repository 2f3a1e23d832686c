package io.sluice.stores.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.schemas.photo.PhotoFaces.Face;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.SqlRun;
import io.sluice.stores.face.FaceEnrolments.Enrolment;
import io.sluice.stores.face.FaceEnrolments.Known;
import io.sluice.stores.face.FaceMatches.Match;
import io.sluice.stores.face.FaceResults.Granted;
import io.sluice.stores.face.FaceResults.Kept;
import io.sluice.stores.face.FaceResults.Removal;
import io.sluice.stores.photo.PhotoLedger;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.PostgresConfig;
import io.sluice.testkit.TestStack;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

class FaceMatchesIT {
    private static final Instant CONSENT = Instant.parse("2026-11-28T10:00:00Z");
    private static final float THRESHOLD = 80;

    private final PostgresConfig config = PostgresConfig.of(TestStack.postgres().url());
    private final Postgres postgres = new Postgres(config, 4);
    private final FaceResults results =
            new PostgresFaceResults(postgres, () -> UUID.randomUUID().toString());
    private final FaceEnrolments enrolments = new PostgresFaceEnrolments(postgres);
    private final FaceMatches matches = new PostgresFaceMatches(postgres);

    private Kept photo = new Kept("", "", List.of(), null, CONSENT);

    /** A photo with two faces, and the image of a selfie. */
    @BeforeEach
    void index() {
        photo = keep(ImageHolder.photo("p"), "photo", "f1", "f2");
        keep(ImageHolder.enrolment("anna"), "selfie", "e1");
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void knowsWhoIsEnrolled() {
        assertThat(enrolments.isAnyEnrolled()).isFalse();
        assertThat(enrolments.find("anna")).isEmpty();

        assertThat(enrolments.save(anna(5, "e1", "s5"), THRESHOLD)).isTrue();

        assertThat(enrolments.isAnyEnrolled()).isTrue();
        assertThat(enrolments.find("anna").orElseThrow())
                .returns(anna(5, "e1", "s5"), Known::enrolment)
                .returns(null, Known::deletedAt);
        assertThat(enrolments.withFaces(List.of("e1", "f1"))).containsExactly(anna(5, "e1", "s5"));
        assertThat(enrolments.save(anna(4, "e1", "s4"), THRESHOLD)).isFalse();
        assertThat(removals()).isEqualTo("s4");
    }

    @Test
    void tellsTheUserWhoseMatchesChangedInTheSameTransaction() throws SQLException {
        enrolments.save(anna(1, "e1", "s1"), THRESHOLD);
        try (var connection = DriverManager.getConnection(config.url(), "postgres", "");
                var listening = connection.createStatement()) {
            listening.execute("LISTEN " + PhotoLedger.CHANGED);

            matches.save(List.of(match("f1", "e1", 99)), THRESHOLD);
            assertThat(payloads(connection.unwrap(PGConnection.class))).containsExactly("anna");

            matches.save(List.of(match("f1", "e1", 99)), THRESHOLD);
            removed(results.drop(ImageHolder.photo("p"), 9));
            assertThat(payloads(connection.unwrap(PGConnection.class)))
                    .as("only what changed something")
                    .containsExactly("anna");
            assertThat(rows()).isZero();
        }
    }

    @Test
    void writesNoMatchOfWhatIsGone() {
        enrolments.save(anna(1, "e1", "s1"), THRESHOLD);
        results.drop(ImageHolder.photo("p"), 9);
        matches.save(List.of(match("f1", "e1", 99), match("unknown", "e1", 99)), THRESHOLD);
        assertThat(rows()).as("the photo is deleted").isZero();

        keep(ImageHolder.photo("q"), "other", "f3");
        enrolments.save(anna(2, "e2", "s2"), THRESHOLD);
        matches.save(List.of(match("f3", "e1", 99)), THRESHOLD);
        assertThat(rows()).as("another selfie").isZero();

        enrolments.delete("anna", 3);
        matches.save(List.of(match("f3", "e2", 99)), THRESHOLD);
        assertThat(rows()).as("no enrolment").isZero();
    }

    @Test
    void anotherSelfieForgetsTheMatchesOfTheFormer() {
        enrolments.save(anna(1, "e1", "s1"), THRESHOLD);
        matches.save(List.of(match("f1", "e1", 99), match("f2", "e1", 85)), THRESHOLD);

        enrolments.save(anna(1, "e1", "s1"), THRESHOLD);
        assertThat(rows()).as("a repeated record").isEqualTo(2);
        enrolments.save(anna(2, "e1", "s2"), 90);
        assertThat(rows()).as("the same face, and a higher threshold").isEqualTo(1);
        enrolments.save(anna(3, "e2", "s3"), THRESHOLD);
        assertThat(rows()).isZero();
        assertThat(removals()).isEqualTo("s1,s2");
    }

    @Test
    void aDeletedEnrolmentLeavesItsVersionOnly() {
        enrolments.save(anna(1, "e1", "s1"), THRESHOLD);
        matches.save(List.of(match("f1", "e1", 99)), THRESHOLD);

        assertThat(enrolments.delete("anna", 2)).isTrue();

        assertThat(rows()).isZero();
        assertThat(removals()).isEqualTo("s1");
        assertThat(enrolments.save(anna(1, "e1", "s1"), THRESHOLD)).isFalse();
        assertThat(enrolments.find("anna").orElseThrow())
                .returns(2L, Known::version)
                .returns(null, Known::enrolment);
        assertThat(SqlRun.text(
                        config, "SELECT jsonb_strip_nulls(to_jsonb(e) - 'deleted_at')::text FROM face_enrolments e"))
                .isEqualTo("{\"user_id\": \"anna\", \"version\": 2}");
    }

    @Test
    void aRefusedSelfieIsRemovedUnlessTheUserIsEnrolledWithIt() {
        enrolments.save(anna(1, "e1", "s1"), THRESHOLD);
        enrolments.refuse("anna", selfie("s1"));
        enrolments.refuse("anna", selfie("s2"));
        enrolments.refuse("bert", selfie("s3"));

        assertThat(removals()).isEqualTo("s2,s3");
        enrolments.save(anna(2, "e1", "s2"), THRESHOLD);
        assertThat(removals()).as("named again").isEqualTo("s1,s3");
    }

    @Test
    void searchesOnceMoreWhenSomebodyWasEnrolledShortlyBefore() {
        results.searched(photo, THRESHOLD);
        assertThat(toSearch()).as("nobody is enrolled").isZero();

        enrolments.save(anna(1, "e1", "s1"), THRESHOLD);
        assertThat(enrolments.dueSearches(10)).isEmpty();
        SqlRun.on(config, "UPDATE face_enrolments SET search_again_at = now()");
        assertThat(enrolments.dueSearches(10)).containsExactly(anna(1, "e1", "s1"));
        enrolments.searchedAgain(anna(1, "e1", "s1"));
        assertThat(enrolments.dueSearches(10)).isEmpty();

        results.searched(photo, THRESHOLD);
        assertThat(toSearch()).isEqualTo(1);
        assertThat(results.dueSearches(10)).as("in a minute").isEmpty();
        SqlRun.on(config, "UPDATE face_results SET search_again_at = now() WHERE search_again_at IS NOT NULL");
        assertThat(results.dueSearches(10)).singleElement().satisfies(kept -> {
            assertThat(kept.faces()).hasSize(2);
            assertThat(kept.searchedWith()).isEqualTo(THRESHOLD);
        });
        results.searchedAgain(new Kept("photo", "6.0", List.of(), null, CONSENT));
        assertThat(results.dueSearches(10)).as("another result").hasSize(1);
        results.searchedAgain(photo);
        assertThat(results.dueSearches(10)).isEmpty();

        SqlRun.on(config, "UPDATE face_enrolments SET enrolled_at = now() - interval '3 minutes'");
        results.searched(photo, THRESHOLD);
        assertThat(toSearch()).as("long ago").isZero();
    }

    @Test
    void aHigherThresholdForgetsLessSimilarFaces() {
        enrolments.save(anna(1, "e1", "s1"), THRESHOLD);
        matches.save(List.of(match("f1", "e1", 99), match("f2", "e1", 85)), THRESHOLD);

        results.searched(photo, 90);

        assertThat(rows()).isEqualTo(1);
    }

    private Kept keep(ImageHolder holder, String sha256, String... faceIds) {
        var claim = results.claim(holder, 1, new SentImage(sha256, "IndexFaces", "c", "6.0"));
        List<Face> faces =
                Arrays.stream(faceIds).map(PostgresFaceResultsIT::face).toList();
        return (Kept) results.keep((Granted) claim, faces);
    }

    private void removed(Object drop) {
        results.removed((Removal) drop);
    }

    private static Enrolment anna(long version, String faceId, String selfie) {
        return new Enrolment("anna", version, faceId, "selfie", "6.0", selfie(selfie), CONSENT);
    }

    private static StoredObject selfie(String key) {
        return new StoredObject("sluice", key, "ab".repeat(32), "image/jpeg", 42);
    }

    private static Match match(String faceId, String enrolledFaceId, float similarity) {
        return new Match(faceId, "anna", enrolledFaceId, similarity);
    }

    private long rows() {
        return SqlRun.count(config, "SELECT count(*) FROM face_matches");
    }

    private long toSearch() {
        return SqlRun.count(config, "SELECT count(*) FROM face_results WHERE search_again_at IS NOT NULL");
    }

    private String removals() {
        return SqlRun.text(config, "SELECT coalesce(string_agg(key, ',' ORDER BY key), '') FROM object_removals");
    }

    private static List<String> payloads(PGConnection connection) throws SQLException {
        return Arrays.stream(connection.getNotifications(5_000))
                .map(notification -> notification.getParameter())
                .toList();
    }
}
