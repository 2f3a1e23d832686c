package io.sluice.rekognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.samplephotos.Person;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rekognition.model.Face;
import software.amazon.awssdk.services.rekognition.model.FaceMatch;
import software.amazon.awssdk.services.rekognition.model.InvalidParameterException;

class SearchIT {
    private static final List<Person> PEOPLE = Drawn.people(3, 7);
    private static final Person ANN = PEOPLE.get(0);
    private static final Person BOB = PEOPLE.get(1);
    private static final Person CEM = PEOPLE.get(2);

    @TempDir
    Path folder;

    private LocalRekognition rekognition;

    @BeforeEach
    void start() {
        rekognition = LocalRekognition.on(folder);
        rekognition.client().createCollection(request -> request.collectionId("c"));
    }

    @AfterEach
    void stop() {
        rekognition.close();
    }

    private String indexed(byte[] picture, String externalId) {
        return rekognition
                .index("c", picture, request -> request.externalImageId(externalId))
                .faceRecords()
                .getFirst()
                .face()
                .faceId();
    }

    @Test
    void aFaceFindsTheOtherFacesOfThePersonTheMostSimilarFirst() {
        var annAlone = indexed(Drawn.photo(ANN), "ann");
        indexed(Drawn.photo(ANN, BOB, CEM), "all");
        indexed(Drawn.photo(BOB), "bob");
        indexed(Drawn.changed(Drawn.photo(2, ANN), 0.5, 0), "ann-small");

        var found = rekognition
                .client()
                .searchFaces(request -> request.collectionId("c").faceId(annAlone));

        assertThat(found.searchedFaceId()).isEqualTo(annAlone);
        assertThat(found.faceModelVersion()).isNotBlank();
        assertThat(found.faceMatches())
                .extracting(match -> match.face().externalImageId())
                .containsExactlyInAnyOrder("all", "ann-small");
        assertThat(found.faceMatches()).extracting(FaceMatch::similarity).allMatch(similarity -> similarity > 99);
        assertThat(found.faceMatches().get(0).similarity())
                .isGreaterThan(found.faceMatches().get(1).similarity());
        assertThat(found.faceMatches().getFirst().face().boundingBox().width()).isPositive();
        assertThat(rekognition
                        .client()
                        .searchFaces(request ->
                                request.collectionId("c").faceId(annAlone).maxFaces(1))
                        .faceMatches())
                .hasSize(1);
    }

    @Test
    void strangersAreBelowFiftyPercent() {
        var ann = indexed(Drawn.photo(ANN), "ann");
        indexed(Drawn.photo(BOB, CEM), "others");

        var all = rekognition
                .client()
                .searchFaces(request -> request.collectionId("c").faceId(ann).faceMatchThreshold(0f))
                .faceMatches();

        assertThat(all).hasSize(2).extracting(FaceMatch::similarity).allMatch(similarity -> similarity < 50);
        assertThat(all.get(0).similarity()).isGreaterThanOrEqualTo(all.get(1).similarity());
    }

    @Test
    void aPictureFindsThePersonOfItsLargestFace() {
        var bob = indexed(Drawn.photo(BOB), "bob");
        indexed(Drawn.photo(CEM), "cem");

        var found = rekognition
                .client()
                .searchFacesByImage(request -> request.collectionId("c")
                        .image(LocalRekognition.image(Drawn.changed(Drawn.photo(5, BOB), 1, 8))));

        assertThat(found.faceMatches())
                .extracting(FaceMatch::face)
                .extracting(Face::faceId)
                .containsExactly(bob);
        assertThat(found.searchedFaceBoundingBox().left()
                        + found.searchedFaceBoundingBox().width() / 2)
                .isCloseTo(0.5f, within(0.2f));
        assertThat(found.searchedFaceConfidence()).isGreaterThan(90);
        assertThat(found.faceModelVersion()).isNotBlank();
    }

    @Test
    void aFaceWithoutAMarkerIsSimilarToTheSamePixelsOnly() {
        var face = indexed(Drawn.unmarkedFace(400, 400), "face");
        var copy = indexed(Drawn.unmarkedFace(400, 400), "copy");
        indexed(Drawn.unmarkedFace(433, 417), "elsewhere");
        indexed(Drawn.photo(ANN), "ann");

        var found = rekognition
                .client()
                .searchFaces(request -> request.collectionId("c").faceId(face));

        assertThat(found.faceModelVersion()).contains("markers-only");
        assertThat(found.faceMatches())
                .extracting(FaceMatch::face)
                .extracting(Face::faceId)
                .containsExactly(copy);
    }

    @Test
    void aPictureWithoutAFaceCannotBeSearchedFor() {
        assertThatThrownBy(() -> rekognition
                        .client()
                        .searchFacesByImage(request ->
                                request.collectionId("c").image(LocalRekognition.image(Drawn.blank(100, 100)))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("There are no faces in the image");
    }

    @Test
    void aFaceThatIsNotInTheCollectionCannotBeSearchedFor() {
        assertThatThrownBy(() -> rekognition
                        .client()
                        .searchFaces(request -> request.collectionId("c")
                                .faceId(UUID.randomUUID().toString())))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("faceId was not found in the collection");
    }
}
