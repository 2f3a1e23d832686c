package io.sluice.rekognizer.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.rekognizer.FaceMatch;
import io.sluice.rekognizer.FaceService;
import io.sluice.schemas.photo.PhotoFaces.Face;
import io.sluice.schemas.wire.Sha256;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every face service does. A subclass brings a service that keeps no faces yet. */
public abstract class FaceServiceContract {
    private static final String UNKNOWN = "00000000-0000-4000-8000-000000000001";

    /** {@return the service under test, the same one throughout a test} */
    protected abstract FaceService service();

    /** {@return a picture that shows these people, of whom the service knows p1, p2 and p3; another one for each number} */
    protected abstract byte[] picture(int number, String... people);

    @Test
    void aPictureThatIsIndexedAgainKeepsNoFaceTwice() {
        var picture = picture(1, "p1", "p2");

        var first = index(picture);
        var again = index(picture);

        assertThat(first).hasSize(2).doesNotHaveDuplicates();
        assertThat(again).containsExactlyElementsOf(first);
        assertThat(service().facesOf(Sha256.of(picture))).containsExactlyInAnyOrderElementsOf(first);
    }

    @Test
    void aPictureWithoutFacesIsAResult() {
        var picture = picture(1);

        assertThat(index(picture)).isEmpty();
        assertThat(service().facesOf(Sha256.of(picture))).isEmpty();
    }

    @Test
    void aSearchFindsTheOtherFacesOfThePersonAndNotTheFaceItself() {
        var selfie = index(picture(1, "p1")).getFirst();
        var alone = index(picture(2, "p1")).getFirst();
        var together = index(picture(3, "p1", "p2"));
        index(picture(4, "p3"));

        var found = service().search(selfie, 80);

        assertThat(found)
                .extracting(FaceMatch::faceId)
                .hasSize(2)
                .contains(alone)
                .containsAnyElementsOf(together);
        assertThat(found).allSatisfy(match -> assertThat(match.similarity()).isBetween(80f, 100f));
    }

    @Test
    void aFaceThatIsDeletedIsNeitherFoundNorSearchedFor() {
        var picture = picture(1, "p1");
        var face = index(picture).getFirst();
        var other = index(picture(2, "p1")).getFirst();

        assertThat(service().delete(List.of(face, UNKNOWN))).containsExactlyInAnyOrder(face, UNKNOWN);

        assertThat(service().facesOf(Sha256.of(picture))).isEmpty();
        assertThat(service().search(face, 80)).isEmpty();
        assertThat(service().search(other, 80)).isEmpty();
    }

    @Test
    void theModelIsThatOfTheFacesItFinds() {
        var picture = picture(1, "p1");

        assertThat(service()
                        .index(picture, Sha256.of(picture), FaceService.MOST_FACES)
                        .modelVersion())
                .isEqualTo(service().modelVersion());
        service().probe();
    }

    private List<String> index(byte[] picture) {
        return service().index(picture, Sha256.of(picture), FaceService.MOST_FACES).faces().stream()
                .map(Face::faceId)
                .toList();
    }
}
