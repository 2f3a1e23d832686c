package io.sluice.rekognizer.enrolment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.container.ImageInspector.Limits;
import io.sluice.pictures.decode.ImageDecoder;
import io.sluice.rekognizer.FaceServiceException;
import io.sluice.rekognizer.FaceThreshold;
import io.sluice.rekognizer.RekognizerFailure;
import io.sluice.rekognizer.enrolment.FaceEnroller.Users;
import io.sluice.rekognizer.fake.InMemoryFaces;
import io.sluice.rekognizer.fake.Pictures;
import io.sluice.rekognizer.fake.Workbench;
import io.sluice.rekognizer.fake.Workbench.Bench;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Outcome.Done;
import io.sluice.runtime.Outcome.Superseded;
import io.sluice.runtime.Received;
import io.sluice.schemas.face.FaceEnrolled;
import io.sluice.schemas.wire.Sha256;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.face.FaceEnrolments.Known;
import io.sluice.stores.face.ImageHolder;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaceEnrollerIT {
    private static final Instant CONSENT = Instant.parse("2026-11-28T10:00:00Z");
    private static final int RED = 0xd02020;
    private static final int BLUE = 0x2020d0;

    private final Workbench workbench = new Workbench();
    private final InMemoryFaces faces = workbench.faces;
    private final Bench bench = workbench.bench(workbench.tables, faces);
    private final SelfieRenderer renderer =
            new SelfieRenderer(workbench.objects, new ImageDecoder(new ImageInspector(Limits.ofDefaults())));
    private final FaceEnroller enroller = new FaceEnroller(
            renderer,
            bench.indexer(),
            bench.searcher(),
            bench.forgetter(),
            new Users(workbench.tables.enrolments(), new FaceThreshold(80)));

    @AfterEach
    void close() {
        bench.close();
        workbench.close();
    }

    @Test
    void enrolsAUserAndFindsThePhotosThatWereThere() {
        photo("party", "anna", "bert");
        photo("lake");
        photo("garden", "anna");

        assertThat(enrol("anna", selfie(RED, "anna"), 1)).isInstanceOf(Done.class);

        assertThat(workbench.matches())
                .containsExactlyInAnyOrder(
                        face("party", 0) + " anna", face("garden", 0) + " anna", selfieFace() + " anna");
        assertThat(known("anna").orElseThrow().enrolment()).satisfies(enrolment -> {
            assertThat(Objects.requireNonNull(enrolment).consentedAt()).isEqualTo(CONSENT);
            assertThat(enrolment.modelVersion()).isEqualTo("6.0");
        });
        assertThat(workbench.column("SELECT holder FROM face_references WHERE NOT dropped AND holder LIKE '%anna'"))
                .containsExactly("user:anna");
    }

    @Test
    void sendsAnUprightPictureWithinTheLimits() throws Exception {
        var large = workbench.stored("selfies", Pictures.jpeg(4_000, 2_000, RED));

        var sent = ImageIO.read(new ByteArrayInputStream(renderer.render(large)));

        assertThat(sent.getWidth()).isEqualTo(1_920);
        assertThat(sent.getHeight()).isEqualTo(960);
        assertThat(renderer.render(large)).isEqualTo(renderer.render(large));
    }

    @Test
    void aRepeatedRecordAsksNothing() {
        var selfie = selfie(RED, "anna");
        enrol("anna", selfie, 1);

        assertThat(enrol("anna", selfie, 1)).isInstanceOf(Done.class);

        assertThat(faces.indexed()).hasSize(1);
        assertThat(known("anna").orElseThrow().enrolment()).isNotNull();
    }

    /** {@code ./sluice photos recognize} sends the record again. */
    @Test
    void aRepeatedRecordEnrolsAgainOnceTheCollectionIsANewOne() {
        var selfie = selfie(RED, "anna");
        enrol("anna", selfie, 1);
        faces.restartWith("7.0");
        photo("party", "anna");
        assertThat(workbench.matches()).containsExactly(selfieFace() + " anna");

        assertThat(enrol("anna", selfie, 1)).isInstanceOf(Done.class);

        assertThat(workbench.matches()).containsExactlyInAnyOrder(face("party", 0) + " anna", selfieFace() + " anna");
        assertThat(known("anna").orElseThrow().enrolment())
                .satisfies(enrolment -> assertThat(
                                Objects.requireNonNull(enrolment).modelVersion())
                        .isEqualTo("7.0"));
        assertThat(faces.people().values()).containsExactly("anna", "anna");
    }

    @Test
    void refusesAPictureWithoutExactlyOneFaceAndKeepsTheFormerOne() {
        enrol("anna", selfie(RED, "anna"), 1);
        var none = selfie(BLUE);
        var two = selfie(0x20d020, "anna", "bert");

        refuses(none, 2, RekognizerFailure.NO_FACE_FOUND, "the picture shows no face that can be recognized");
        refuses(two, 3, RekognizerFailure.SEVERAL_FACES, "the picture shows 2 faces");
        refuses(small(), 4, RekognizerFailure.NO_FACE_FOUND, "too small");
        refuses(workbench.stored("selfies", "no picture".getBytes(UTF_8)), 5, RekognizerFailure.PICTURE_UNREADABLE, "");

        assertThat(known("anna").orElseThrow().version()).isEqualTo(1);
        assertThat(faces.people().values()).containsExactly("anna");
        assertThat(workbench.column("SELECT sha256 FROM face_results")).hasSize(1);
        assertThat(workbench.column("SELECT key FROM object_removals"))
                .contains(none.key(), two.key())
                .hasSize(4);
    }

    private void refuses(StoredObject selfie, long version, RekognizerFailure code, String why) {
        assertThatExceptionOfType(FaceServiceException.class)
                .isThrownBy(() -> enrol("anna", selfie, version))
                .satisfies(thrown -> assertThat(thrown.failure())
                        .isInstanceOf(Fatal.class)
                        .returns(code, failure -> failure.code())
                        .satisfies(failure -> assertThat(failure.detail()).contains(why)));
    }

    @Test
    void anotherSelfieReplacesTheFormerWithItsFacesAndMatches() {
        photo("party", "anna", "bert");
        var first = selfie(RED, "bert");
        enrol("anna", first, 1);
        assertThat(workbench.matches()).contains(face("party", 1) + " anna");

        enrol("anna", selfie(BLUE, "anna"), 2);
        bench.forgetter().finish();

        assertThat(workbench.matches()).containsExactlyInAnyOrder(face("party", 0) + " anna", selfieFace() + " anna");
        assertThat(faces.images()).hasSize(2);
        assertThat(workbench.column("SELECT key FROM object_removals")).containsExactly(first.key());
        assertThat(enrol("anna", first, 1)).as("late").isInstanceOf(Superseded.class);
        assertThat(faces.images()).hasSize(2);
    }

    @Test
    void nothingStaysOfADeletedEnrolmentAndNothingComesBack() {
        photo("party", "anna");
        var selfie = selfie(RED, "anna");
        enrol("anna", selfie, 1);

        assertThat(enroller.handle(record("anna", null, 2))).isInstanceOf(Done.class);

        assertThat(workbench.matches()).isEmpty();
        assertThat(faces.images()).containsExactly(Sha256.of("party".getBytes(UTF_8)));
        assertThat(workbench.column("SELECT key FROM object_removals")).containsExactly(selfie.key());
        assertThat(enrol("anna", selfie, 1)).isInstanceOf(Superseded.class);
        assertThat(enroller.handle(record("anna", null, 2))).isInstanceOf(Done.class);
        assertThat(faces.images()).hasSize(1);
        assertThat(known("anna").orElseThrow().enrolment()).isNull();
    }

    /** The same bytes as a selfie of one user, a photo of another, and a selfie of a third. */
    @Test
    void theSameBytesAreAskedForOnceAndStayUntilTheLastGoes() {
        var selfie = selfie(RED, "anna");
        var sent = renderer.render(selfie);
        enrol("anna", selfie, 1);
        enrol("alias", selfie, 1);
        bench.indexer().index(ImageHolder.photo("p"), 1, Sha256.of(sent), () -> sent);

        assertThat(faces.indexed()).hasSize(1);
        assertThat(workbench.matches()).containsExactly(selfieFace() + " alias", selfieFace() + " anna");
        enroller.handle(record("anna", null, 2));
        assertThat(workbench.matches()).containsExactly(selfieFace() + " alias");
        bench.forgetter().forget(ImageHolder.photo("p"), 2);
        assertThat(faces.images()).hasSize(1);
        enroller.handle(record("alias", null, 2));
        assertThat(faces.images()).isEmpty();
    }

    @Test
    void searchesAgainForAPhotoThatTheProviderDidNotKnowYet() {
        photo("party", "anna");
        faces.hide(Sha256.of("party".getBytes(UTF_8)));
        enrol("anna", selfie(RED, "anna"), 1);
        assertThat(workbench.matches()).hasSize(1);

        faces.hideNothing();
        workbench.sql("UPDATE face_enrolments SET search_again_at = now()");
        bench.searcher().searchAgain();

        assertThat(workbench.matches()).hasSize(2);
    }

    private void photo(String name, String... people) {
        var bytes = faces.shows(name.getBytes(UTF_8), people);
        bench.indexer().index(ImageHolder.photo(name), 1, Sha256.of(bytes), () -> bytes);
    }

    private static String face(String photo, int number) {
        return InMemoryFaces.ids(photo.getBytes(UTF_8), number + 1).getLast();
    }

    private String selfieFace() {
        return workbench
                .column("SELECT face_id FROM face_enrolments WHERE face_id IS NOT NULL")
                .getFirst();
    }

    private StoredObject selfie(int color, String... people) {
        var object = workbench.stored("selfies", Pictures.jpeg(200, 150, color));
        faces.shows(renderer.render(object), people);
        return object;
    }

    private StoredObject small() {
        return workbench.stored("selfies", Pictures.jpeg(200, 79, RED));
    }

    private Outcome enrol(String user, StoredObject selfie, long version) {
        return enroller.handle(record(user, new FaceEnrolled(user, selfie, CONSENT), version));
    }

    private static Received<FaceEnrolled> record(String user, @Nullable FaceEnrolled event, long version) {
        return new Received<>(user, event, version, null);
    }

    private Optional<Known> known(String user) {
        return workbench.tables.enrolments().find(user);
    }
}
