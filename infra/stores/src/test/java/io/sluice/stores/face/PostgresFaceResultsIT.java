package io.sluice.stores.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.schemas.photo.PhotoFaces.Box;
import io.sluice.schemas.photo.PhotoFaces.Face;
import io.sluice.stores.SqlRun;
import io.sluice.stores.face.FaceResults.Busy;
import io.sluice.stores.face.FaceResults.Gone;
import io.sluice.stores.face.FaceResults.Granted;
import io.sluice.stores.face.FaceResults.Kept;
import io.sluice.stores.face.FaceResults.Late;
import io.sluice.stores.face.FaceResults.Removal;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.PostgresConfig;
import io.sluice.testkit.TestStack;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresFaceResultsIT {
    private static final ImageHolder PHOTO = ImageHolder.photo("p");
    private static final ImageHolder OTHER = ImageHolder.photo("q");
    private static final SentImage IMAGE = new SentImage("aa", "IndexFaces", "collection=c", "6.0");
    private static final SentImage SECOND = new SentImage("bb", "IndexFaces", "collection=c", "6.0");
    private static final List<Face> FACES = List.of(face("f1"), face("f2"));

    private final PostgresConfig config = PostgresConfig.of(TestStack.postgres().url());
    private final Postgres postgres = new Postgres(config, 4);
    private final FaceResults results =
            new PostgresFaceResults(postgres, () -> UUID.randomUUID().toString());

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void oneClaimIsGrantedAndItsResultAnswersAllOthers() {
        var claim = granted(PHOTO, 1, IMAGE);
        assertThat(claim.isFirst()).isTrue();
        assertThat(results.claim(OTHER, 1, IMAGE)).isEqualTo(new Busy());

        var kept = results.keep(claim, FACES);
        assertThat(kept)
                .isInstanceOfSatisfying(
                        Kept.class,
                        made -> assertThat(made).isEqualTo(new Kept("aa", "6.0", FACES, null, made.madeAt())));

        assertThat(results.claim(OTHER, 1, IMAGE)).isEqualTo(kept);
        assertThat(results.claim(PHOTO, 2, IMAGE)).isEqualTo(kept);
    }

    @Test
    void aResultWithoutFacesIsKeptToo() {
        var kept = results.keep(granted(PHOTO, 1, IMAGE), List.of());

        assertThat(results.claim(OTHER, 1, IMAGE)).isEqualTo(kept);
    }

    @Test
    void theFacesGoWithTheLastReference() {
        results.keep(granted(PHOTO, 1, IMAGE), FACES);
        results.claim(OTHER, 1, IMAGE);

        assertThat(results.drop(PHOTO, 2)).isEqualTo(new Gone());
        assertThat(results.claim(OTHER, 1, IMAGE)).isInstanceOf(Kept.class);

        var removal = removal(results.drop(OTHER, 2));
        assertThat(removal.faceIds()).containsExactly("f1", "f2");
        assertThat(results.claim(ImageHolder.photo("r"), 1, IMAGE))
                .as("while they are removed")
                .isEqualTo(new Busy());

        results.removed(removal);
        assertThat(granted(ImageHolder.photo("r"), 1, IMAGE).isFirst()).isTrue();
        assertThat(rows("indexed_faces")).isZero();
    }

    @Test
    void aDroppedReferenceLeavesItsVersionAndNoHash() {
        results.keep(granted(PHOTO, 1, IMAGE), FACES);
        results.removed(removal(results.drop(PHOTO, 2)));

        assertThat(results.claim(PHOTO, 1, IMAGE)).isEqualTo(new Late());
        assertThat(results.drop(PHOTO, 1)).isEqualTo(new Late());
        assertThat(results.drop(PHOTO, 2)).isEqualTo(new Gone());
        assertThat(rows("face_results")).isZero();
        assertThat(SqlRun.text(config, "SELECT (holder, version, sha256, dropped)::text FROM face_references"))
                .isEqualTo("(photo:p,2,,t)");
    }

    @Test
    void aDropThatIsRepeatedGoesOnWithTheRemoval() {
        results.keep(granted(PHOTO, 1, IMAGE), FACES);
        var first = removal(results.drop(PHOTO, 2));
        assertThat(results.drop(PHOTO, 2)).as("its process works on it").isEqualTo(new Busy());

        expire();
        var second = removal(results.drop(PHOTO, 2));
        assertThat(second.faceIds()).isEqualTo(first.faceIds());

        results.removed(first);
        assertThat(rows("face_results")).as("the lease of the first was over").isEqualTo(1);
        results.removed(second);
        assertThat(rows("face_results")).isZero();
    }

    @Test
    void anotherProcessTakesOverAClaimWhoseLeaseIsOver() {
        var crashed = granted(PHOTO, 1, IMAGE);
        assertThat(results.claim(PHOTO, 1, IMAGE)).isEqualTo(new Busy());

        expire();
        var claim = granted(PHOTO, 1, IMAGE);
        assertThat(claim.isFirst()).isFalse();
        results.renew(List.of(crashed.token()));
        assertThat(results.keep(claim, FACES)).isInstanceOf(Kept.class);
        assertThat(results.keep(crashed, FACES)).as("it was only slow").isInstanceOf(Kept.class);
    }

    @Test
    void aLeaseThatIsRenewedStays() {
        var claim = granted(PHOTO, 1, IMAGE);
        SqlRun.on(config, "UPDATE face_results SET held_until = now() + interval '1 second'");

        results.renew(List.of(claim.token()));

        assertThat(SqlRun.count(
                        config, "SELECT count(*) FROM face_results WHERE held_until > now() + interval '10 seconds'"))
                .isEqualTo(1);
    }

    @Test
    void aFailedCallFreesTheClaim() {
        results.giveUp(granted(PHOTO, 1, IMAGE), false);
        var again = granted(PHOTO, 1, IMAGE);
        assertThat(again.isFirst()).as("the provider may have made faces").isFalse();
        results.giveUp(again, true);
        assertThat(granted(PHOTO, 1, IMAGE).isFirst()).isFalse();

        results.giveUp(granted(PHOTO, 1, SECOND), true);
        assertThat(granted(PHOTO, 1, SECOND).isFirst()).isTrue();
    }

    @Test
    void facesOfAPhotoThatWasDeletedDuringTheCallAreRemoved() {
        var claim = granted(PHOTO, 1, IMAGE);
        assertThat(results.drop(PHOTO, 2)).isEqualTo(new Busy());

        var removal = removal(results.keep(claim, FACES));
        assertThat(removal.faceIds()).containsExactly("f1", "f2");
        results.removed(removal);

        assertThat(results.drop(PHOTO, 2)).isEqualTo(new Gone());
    }

    /** The process crashed after the call, perhaps: nobody knows which faces it made. */
    @Test
    void aClaimThatNobodyRefersToAnyMoreIsUnfinished() {
        var crashed = granted(PHOTO, 1, IMAGE);
        results.drop(PHOTO, 2);
        assertThat(results.takeUnfinished(10)).isEmpty();

        expire();
        var removal = results.takeUnfinished(10).getFirst();
        assertThat(removal.faceIds()).isNull();
        assertThat(results.takeUnfinished(10)).as("it is taken").isEmpty();
        results.giveUp(removal);
        var again = results.takeUnfinished(10).getFirst();
        assertThat(removal(results.keep(crashed, FACES)).faceIds()).as("late").isNull();
        results.removed(again);
        assertThat(rows("face_results")).as("the late one works on it").isEqualTo(1);
    }

    @Test
    void aLateResultOfARemovedImageIsRemovedToo() {
        var slow = granted(PHOTO, 1, IMAGE);
        results.drop(PHOTO, 2);
        expire();
        results.removed(results.takeUnfinished(10).getFirst());

        assertThat(removal(results.keep(slow, FACES)).faceIds()).containsExactly("f1", "f2");
        expire();
        assertThat(results.takeUnfinished(10)).hasSize(1);
    }

    @Test
    void anotherModelOrParameterRemovesTheFormerFacesFirst() {
        results.keep(granted(PHOTO, 1, IMAGE), FACES);
        var next = new SentImage("aa", "IndexFaces", "collection=c", "7.0");

        var removal = removal(results.claim(PHOTO, 1, next));
        assertThat(removal.faceIds()).containsExactly("f1", "f2");
        results.removed(removal);

        var kept = results.keep(granted(PHOTO, 1, next), List.of(face("f3")));
        assertThat(results.claim(OTHER, 1, next)).isEqualTo(kept);
    }

    @Test
    void aHolderThatRefersToAnotherImageLeavesTheFormerOne() {
        results.keep(granted(PHOTO, 1, IMAGE), FACES);

        results.keep(granted(PHOTO, 2, SECOND), List.of());

        assertThat(results.takeUnfinished(10))
                .singleElement()
                .returns("aa", Removal::sha256)
                .returns(List.of("f1", "f2"), Removal::faceIds);
        assertThat(results.claim(PHOTO, 2, SECOND)).isInstanceOf(Kept.class);
    }

    private Granted granted(ImageHolder holder, long version, SentImage image) {
        var claim = results.claim(holder, version, image);
        assertThat(claim).isInstanceOf(Granted.class);
        return (Granted) claim;
    }

    private static Removal removal(Object answer) {
        assertThat(answer).isInstanceOf(Removal.class);
        return (Removal) answer;
    }

    private void expire() {
        SqlRun.on(config, "UPDATE face_results SET held_until = now() - interval '1 second' WHERE state <> 'kept'");
    }

    private long rows(String table) {
        return SqlRun.count(config, "SELECT count(*) FROM " + table);
    }

    static Face face(String id) {
        return new Face(id, new Box(0.1, 0.2, 0.3, 0.4), 99.5);
    }
}
