package io.sluice.rekognizer.photo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rekognizer.FaceService;
import io.sluice.rekognizer.FaceServiceErrors;
import io.sluice.rekognizer.FaceServiceException;
import io.sluice.rekognizer.RekognizerFailure;
import io.sluice.rekognizer.fake.InMemoryFaces;
import io.sluice.rekognizer.fake.Workbench;
import io.sluice.rekognizer.fake.Workbench.Bench;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Scope;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Outcome.Emit;
import io.sluice.runtime.Outcome.Failed;
import io.sluice.runtime.Outcome.Superseded;
import io.sluice.runtime.Received;
import io.sluice.schemas.Topics;
import io.sluice.schemas.photo.PhotoFaces;
import io.sluice.schemas.photo.PhotoFaces.Face;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.schemas.wire.Sha256;
import io.sluice.stores.StoreErrors;
import io.sluice.stores.face.FaceEnrolments.Enrolment;
import io.sluice.stores.face.ImageHolder;
import io.sluice.stores.photo.PhotoLedger.Deleted;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PhotoRecognizerIT {
    private static final Instant AT = Instant.parse("2026-11-28T10:00:00Z");

    private final Workbench workbench = new Workbench();
    private final InMemoryFaces faces = workbench.faces;
    private final Bench bench = workbench.bench(workbench.tables, faces);
    private final PhotoRecognizer recognizer = recognizer(bench, faces);

    private final byte[] party = faces.shows("party".getBytes(UTF_8), "anna", "bert");
    private final byte[] lake = "lake".getBytes(UTF_8);

    @AfterEach
    void close() {
        recognizer.close();
        bench.close();
        workbench.close();
    }

    private PhotoRecognizer recognizer(Bench bench, FaceService service) {
        return new PhotoRecognizer(
                workbench.ledger,
                new PreviewFaces(workbench.objects, bench.indexer(), bench.searcher(), bench.forgetter(), service),
                bench.forgetter(),
                new FaceServiceErrors().or(StoreErrors.table()));
    }

    @Test
    void emitsTheFacesOfAPhotoAlsoWhenItHasNone() {
        var outcomes =
                handle(record(workbench.photo("p", "anna", party), 1), record(workbench.photo("q", "anna", lake), 1));

        assertThat(emitted(outcomes.get(0)))
                .returns("p", PhotoFaces::photoId)
                .returns("anna", PhotoFaces::owner)
                .returns("6.0", PhotoFaces::faceModelVersion)
                .satisfies(found ->
                        assertThat(found.faces()).extracting(Face::faceId).isEqualTo(InMemoryFaces.ids(party, 2)));
        assertThat(emitted(outcomes.get(1)).faces()).isEmpty();
        assertThat(faces.searched()).as("nobody is enrolled").isEmpty();
    }

    @Test
    void asksOnceForAPictureHoweverOftenAndByWhomItComes() {
        var photo = workbench.photo("p", "anna", party);
        var first = handle(record(photo, 1));

        assertThat(handle(record(photo, 1))).isEqualTo(first);
        assertThat(handle(record(photo, 2))).isEqualTo(first);
        handle(record(workbench.photo("b", "bert", party), 1), record(workbench.photo("q", "anna", lake), 1));
        handle(record(workbench.photo("r", "bert", lake), 1));

        assertThat(faces.indexed()).containsExactlyInAnyOrder(Sha256.of(party), Sha256.of(lake));
        assertThat(workbench
                        .meters
                        .get("sluice.faces.indexed")
                        .tag("source", "reused")
                        .counter()
                        .count())
                .isEqualTo(4);
    }

    @Test
    void samePicturesInOneBatchAreAskedForOnce() {
        recognizer.handle(List.of(
                record(workbench.photo("p", "anna", party), 1),
                record(workbench.photo("q", "anna", party), 1),
                record(workbench.photo("r", "bert", party), 1)));

        assertThat(faces.indexed()).hasSize(1);
    }

    @Test
    void aTooSmallPictureHasNoFaces() {
        var strip = workbench.photo("p", "anna", party);
        var outcome = handle(record(
                        new PreparedPhoto(
                                strip.photo(), strip.preview(), strip.thumbnail(), 10_000, 400, strip.takenAt()),
                        1))
                .getFirst();

        assertThat(emitted(outcome).faces()).isEmpty();
        assertThat(faces.indexed()).isEmpty();
    }

    @Test
    void theFacesGoWithTheLastPhotoAndNothingComesBack() {
        var photo = workbench.photo("p", "anna", party);
        handle(record(photo, 1), record(workbench.photo("b", "bert", party), 1));

        assertThat(handle(record("p", null, 2)).getFirst()).isEqualTo(Outcome.emitTombstone(Topics.PHOTO_FACES, "p"));
        assertThat(faces.images()).as("of the other owner").isNotEmpty();
        handle(record("b", null, 2));
        assertThat(faces.images()).isEmpty();

        assertThat(handle(record(photo, 1)).getFirst()).isInstanceOf(Superseded.class);
        assertThat(handle(record("p", null, 2)).getFirst())
                .as("repeated")
                .isEqualTo(Outcome.emitTombstone(Topics.PHOTO_FACES, "p"));
        assertThat(faces.images()).isEmpty();
        assertThat(faces.indexed()).hasSize(1);
    }

    @Test
    void doesNothingForAPhotoThatTheLedgerKnowsToBeDeleted() {
        workbench.ledger.save(List.of(new Deleted("p", 2, AT)));

        assertThat(handle(record(workbench.photo("p", "anna", party), 1)).getFirst())
                .isInstanceOf(Superseded.class);
        assertThat(faces.indexed()).isEmpty();
    }

    @Test
    void aMissingPreviewFailsAlone() {
        var gone = workbench.photo("gone", "anna", lake);
        workbench.objects.kept().clear();

        var outcomes = handle(record(gone, 1), record(workbench.photo("p", "anna", party), 1));

        assertThat(outcomes.get(0)).isInstanceOf(Failed.class);
        assertThat(emitted(outcomes.get(1)).faces()).hasSize(2);
    }

    /** Ends only when the other photos of the batch do not wait for the slow one. */
    @Test
    void aSlowPhotoHoldsUpNoOther() {
        var others = new CountDownLatch(3);
        var slow = (FaceService) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {FaceService.class}, (self, method, args) -> {
                    if (method.getName().equals("index")) {
                        if (args[1].equals(Sha256.of(party))) {
                            assertThat(others.await(30, TimeUnit.SECONDS)).isTrue();
                        } else {
                            others.countDown();
                        }
                    }
                    try {
                        return method.invoke(faces, args);
                    } catch (InvocationTargetException e) {
                        throw Objects.requireNonNull(e.getCause());
                    }
                });
        try (var slowBench = workbench.bench(workbench.tables, slow);
                var slowRecognizer = recognizer(slowBench, slow)) {
            var outcomes = slowRecognizer.handle(List.of(
                    record(workbench.photo("slow", "anna", party), 1),
                    record(workbench.photo("a", "anna", "a".getBytes(UTF_8)), 1),
                    record(workbench.photo("b", "anna", "b".getBytes(UTF_8)), 1),
                    record(workbench.photo("c", "anna", "c".getBytes(UTF_8)), 1)));
            assertThat(outcomes).allMatch(Emit.class::isInstance);
        }
    }

    @Test
    void anOutageCostsNoAttemptAndNoLease() {
        var photo = workbench.photo("p", "anna", party);
        faces.failWith(new FaceServiceException(
                new Retryable(RekognizerFailure.REKOGNITION_UNAVAILABLE, "away", Scope.DEPENDENCY)));
        assertThat(handle(record(photo, 1)).getFirst())
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.failure().mayBeOutage()).isTrue());

        faces.failWith(null);
        assertThat(emitted(handle(record(photo, 1)).getFirst()).faces()).hasSize(2);
        assertThat(faces.needless()).isZero();
    }

    @Test
    void aRefusedPictureLeavesNothing() {
        faces.failWith(new FaceServiceException(new Fatal(RekognizerFailure.PICTURE_UNREADABLE, "broken")));

        assertThat(handle(record(workbench.photo("p", "anna", party), 1)).getFirst())
                .isInstanceOf(Failed.class);

        assertThat(workbench.column("SELECT sha256 FROM face_results")).isEmpty();
    }

    @Test
    void anotherModelIndexesAnew() {
        var photo = workbench.photo("p", "anna", party);
        handle(record(photo, 1));
        faces.restartWith("7.0");

        assertThat(emitted(handle(record(photo, 1)).getFirst()).faceModelVersion())
                .isEqualTo("7.0");
        handle(record(photo, 1));

        assertThat(faces.indexed()).hasSize(2);
        assertThat(faces.images()).hasSize(1);
    }

    @Test
    void findsEnrolledPeopleAndSearchesOnceForEachFace() {
        enrol("anna");
        var photo = workbench.photo("p", "bert", party);

        handle(record(photo, 1));
        handle(record(photo, 1), record(workbench.photo("q", "anna", party), 1));

        var annasFace = InMemoryFaces.ids(party, 2).getFirst();
        assertThat(workbench.matches()).containsExactly(annasFace + " anna");
        assertThat(faces.searched()).containsExactlyInAnyOrderElementsOf(InMemoryFaces.ids(party, 2));
    }

    /** The selfie finds the photo itself. */
    @Test
    void doesNotSearchForFacesThatWereKeptBeforeAnybodyWasEnrolled() {
        var photo = workbench.photo("p", "bert", party);
        handle(record(photo, 1));
        enrol("anna");

        handle(record(photo, 1));

        assertThat(faces.searched()).isEmpty();
    }

    @Test
    void searchesAgainWhenTheProviderDidNotKnowTheSelfieYet() {
        enrol("anna");
        faces.hide(Sha256.of(selfie("anna")));
        handle(record(workbench.photo("p", "bert", party), 1));
        assertThat(workbench.matches()).isEmpty();

        faces.hideNothing();
        bench.searcher().searchAgain();
        assertThat(workbench.matches()).as("only a minute later").isEmpty();
        workbench.sql("UPDATE face_results SET search_again_at = now() WHERE search_again_at IS NOT NULL");
        bench.searcher().searchAgain();

        assertThat(workbench.matches()).hasSize(1);
        var searches = faces.searched().size();
        bench.searcher().searchAgain();
        assertThat(faces.searched()).hasSize(searches);
    }

    private byte[] selfie(String person) {
        return faces.shows(("selfie of " + person).getBytes(UTF_8), person);
    }

    private void enrol(String user) {
        var selfie = selfie(user);
        var kept = bench.indexer()
                .index(ImageHolder.enrolment(user), 1, Sha256.of(selfie), () -> selfie)
                .orElseThrow();
        workbench
                .tables
                .enrolments()
                .save(
                        new Enrolment(
                                user,
                                1,
                                kept.faces().getFirst().faceId(),
                                kept.sha256(),
                                "6.0",
                                workbench.stored("selfies", selfie),
                                AT),
                        80);
        workbench.sql("UPDATE face_enrolments SET search_again_at = NULL");
    }

    private List<Outcome> handle(Received<PreparedPhoto> record) {
        return recognizer.handle(List.of(record));
    }

    private List<Outcome> handle(Received<PreparedPhoto> one, Received<PreparedPhoto> other) {
        return recognizer.handle(List.of(one, other));
    }

    private static Received<PreparedPhoto> record(PreparedPhoto photo, long version) {
        return record(photo.key(), photo, version);
    }

    private static Received<PreparedPhoto> record(String id, @Nullable PreparedPhoto photo, long version) {
        return new Received<>(id, photo, version, "job-" + id);
    }

    private static PhotoFaces emitted(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Emit.class);
        var emission = ((Emit) outcome).emissions().getFirst();
        assertThat(emission.topic()).isEqualTo(Topics.PHOTO_FACES);
        return (PhotoFaces) Objects.requireNonNull(emission.event());
    }
}
