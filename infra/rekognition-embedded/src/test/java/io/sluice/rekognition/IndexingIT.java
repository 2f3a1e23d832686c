package io.sluice.rekognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.samplephotos.Person;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rekognition.model.Attribute;
import software.amazon.awssdk.services.rekognition.model.Face;
import software.amazon.awssdk.services.rekognition.model.FaceRecord;
import software.amazon.awssdk.services.rekognition.model.IndexFacesResponse;
import software.amazon.awssdk.services.rekognition.model.InvalidPaginationTokenException;
import software.amazon.awssdk.services.rekognition.model.QualityFilter;
import software.amazon.awssdk.services.rekognition.model.Reason;
import software.amazon.awssdk.services.rekognition.model.UnsuccessfulFaceDeletionReason;

class IndexingIT {
    private static final List<Person> PEOPLE = Drawn.people(4, 11);
    private static final Person ANN = PEOPLE.get(0);
    private static final Person BOB = PEOPLE.get(1);

    @TempDir
    Path folder;

    private LocalRekognition rekognition;

    @BeforeEach
    void start() {
        rekognition = LocalRekognition.on(folder);
        rekognition.client().createCollection(request -> request.collectionId("c"));
        rekognition.client().createCollection(request -> request.collectionId("d"));
    }

    @AfterEach
    void stop() {
        rekognition.close();
    }

    private static List<String> ids(IndexFacesResponse indexed) {
        return indexed.faceRecords().stream()
                .map(entry -> entry.face().faceId())
                .toList();
    }

    private int count(String collection) {
        return rekognition
                .client()
                .describeCollection(request -> request.collectionId(collection))
                .faceCount()
                .intValue();
    }

    @Test
    void theAnswerHasEachFaceWithTheDocumentedMembers() {
        var indexed = rekognition.index("c", Drawn.photo(ANN, BOB), request -> request.externalImageId("a:1_2.x-y"));

        assertThat(indexed.faceModelVersion()).isNotBlank();
        assertThat(indexed.orientationCorrection()).isNull();
        assertThat(indexed.unindexedFaces()).isEmpty();
        assertThat(indexed.faceRecords()).hasSize(2).allSatisfy(entry -> {
            assertThat(entry.face().faceId())
                    .matches("[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
            assertThat(entry.face().imageId()).isNotBlank();
            assertThat(entry.face().externalImageId()).isEqualTo("a:1_2.x-y");
            assertThat(entry.face().confidence()).isBetween(90f, 100f);
            assertThat(entry.face().indexFacesModelVersion()).isEqualTo(indexed.faceModelVersion());
            assertThat(entry.faceDetail().boundingBox()).isEqualTo(entry.face().boundingBox());
            assertThat(entry.faceDetail().landmarks()).hasSize(5);
            assertThat(entry.faceDetail().pose().roll()).isZero();
            assertThat(entry.faceDetail().quality().brightness()).isBetween(1f, 99f);
            assertThat(entry.faceDetail().quality().sharpness()).isBetween(20f, 100f);
            assertThat(entry.faceDetail().smile()).isNull();
        });
        assertThat(count("c")).isEqualTo(2);
    }

    @Test
    void moreAttributesComeWithTheSameCall() {
        var detail = rekognition
                .index("c", Drawn.photo(ANN), request -> request.detectionAttributes(Attribute.ALL))
                .faceRecords()
                .getFirst()
                .faceDetail();

        assertThat(detail.ageRange()).isNotNull();
        assertThat(detail.emotions()).isNotEmpty();
        assertThat(detail.landmarks()).hasSize(30);
    }

    @Test
    void theLargestFaceIsFirst() {
        var indexed = rekognition.index("c", Drawn.photo(3, PEOPLE.toArray(Person[]::new)), request -> {});

        assertThat(indexed.faceRecords())
                .hasSize(4)
                .isSortedAccordingTo(Comparator.comparingDouble(
                                (FaceRecord entry) -> entry.face().boundingBox().width()
                                        * entry.face().boundingBox().height())
                        .reversed());
    }

    @Test
    void aPictureWithoutFacesIsAnAnswerWithoutFaces() {
        var indexed = rekognition.index("c", Drawn.blank(80, 80), request -> {});

        assertThat(indexed.faceRecords()).isEmpty();
        assertThat(indexed.unindexedFaces()).isEmpty();
        assertThat(indexed.faceModelVersion()).isNotBlank();
    }

    @Test
    void theSamePictureUnderTheSameExternalIdIsStoredOnce() {
        var picture = Drawn.photo(ANN, BOB);

        var first = rekognition.index("c", picture, request -> request.externalImageId("x"));
        var again = rekognition.index("c", picture, request -> request.externalImageId("x"));

        assertThat(again.faceRecords()).isEqualTo(first.faceRecords());
        assertThat(count("c")).isEqualTo(2);

        var other = rekognition.index("c", picture, request -> request.externalImageId("y"));
        assertThat(ids(other)).doesNotContainAnyElementsOf(ids(first));
        assertThat(count("c")).isEqualTo(4);
    }

    @Seeded
    @Test
    void idsFollowFromCollectionPictureAndFaceAlone(Seed seed) {
        var random = seed.random();
        var picture =
                Drawn.photo(random.nextLong(), Drawn.people(3, seed.value()).toArray(Person[]::new));

        var first = rekognition.index("c", picture, request -> {});
        var elsewhere = rekognition.index("d", picture, request -> {});
        rekognition.client().deleteFaces(request -> request.collectionId("c").faceIds(ids(first)));
        var later = rekognition.index("c", picture, request -> {});

        assertThat(later.faceRecords()).isEqualTo(first.faceRecords());
        assertThat(ids(elsewhere)).doesNotContainAnyElementsOf(ids(first));
        assertThat(new HashSet<>(ids(first))).hasSize(3);
    }

    @Test
    void noMoreFacesAreIndexedThanTheCallerWants() {
        var indexed = rekognition.index(
                "c",
                Drawn.photo(3, PEOPLE.toArray(Person[]::new)),
                request -> request.maxFaces(3).detectionAttributes(Attribute.DEFAULT));

        assertThat(indexed.faceRecords()).hasSize(3);
        assertThat(indexed.unindexedFaces()).singleElement().satisfies(face -> {
            assertThat(face.reasons()).containsExactly(Reason.EXCEEDS_MAX_FACES);
            assertThat(face.faceDetail().boundingBox().width()).isPositive();
        });
        assertThat(count("c")).isEqualTo(3);
    }

    @Test
    void ofAHundredAndEightFacesAHundredAreSeen() {
        var crowd = Drawn.tiled(Drawn.photo(ANN), 12, 9);

        assertThat(rekognition.index("c", crowd, request -> {}).faceRecords()).hasSize(100);
        assertThat(rekognition
                        .index("d", crowd, request -> request.maxFaces(1000))
                        .faceRecords())
                .hasSize(100);
        assertThat(count("c")).isEqualTo(100);
    }

    @Test
    void aSmallFaceDoesNotPassTheHighestFilter() {
        var small = Drawn.tiled(Drawn.photo(ANN), 2, 2);

        var filtered = rekognition.index("c", small, request -> request.qualityFilter(QualityFilter.HIGH));

        assertThat(filtered.faceRecords()).isEmpty();
        assertThat(filtered.unindexedFaces())
                .hasSize(4)
                .allSatisfy(face -> assertThat(face.reasons()).containsExactly(Reason.LOW_SHARPNESS));
        assertThat(rekognition.index("c", small, request -> {}).faceRecords()).hasSize(4);
    }

    @Seeded
    @Test
    void facesAreFoundAfterScalingCompressionAndRotationByTenDegrees(Seed seed) {
        var random = seed.random();
        for (int i = 0; i < 6; i++) {
            var scale = 0.55 + random.nextDouble(); // markers of 45 pixels a side; they are read down to about 40
            var degrees = 20 * random.nextDouble() - 10;
            var changed = Drawn.changed(Drawn.photo(random.nextLong(), ANN, BOB), scale, degrees);

            assertThat(rekognition.index("c", changed, request -> {}).faceRecords())
                    .as("scaled by %.2f, turned by %.1f degrees", scale, degrees)
                    .hasSize(2);
        }
    }

    @Test
    void boxesAreSharesOfTheUprightPicture() {
        var box = rekognition
                .index("c", Drawn.photo(ANN), request -> {})
                .faceRecords()
                .getFirst()
                .face()
                .boundingBox();

        assertThat(box.left() + box.width() / 2).isCloseTo(0.5f, within(0.1f));
        assertThat(box.top() + box.height() / 2).isCloseTo(0.5f, within(0.2f));
        assertThat(box.height() * 600 / (box.width() * 800)).isCloseTo(2.1f / 1.6f, within(0.02f));
    }

    @Seeded
    @Test
    void pagesHaveEachFaceOnceWhateverTheirSize(Seed seed) {
        rekognition.index("c", Drawn.tiled(Drawn.photo(ANN), 5, 4), request -> request.externalImageId("crowd"));
        var size = 1 + seed.random().nextInt(8);

        var all =
                rekognition
                        .client()
                        .listFacesPaginator(request -> request.collectionId("c").maxResults(size))
                        .stream()
                        .peek(page -> assertThat(page.faces()).hasSizeLessThanOrEqualTo(size))
                        .peek(page -> assertThat(page.faceModelVersion()).isNotBlank())
                        .flatMap(page -> page.faces().stream())
                        .map(Face::faceId)
                        .toList();

        assertThat(all).hasSize(20).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void aFaceThatIsDeletedBetweenPagesMovesNoOther() {
        var ids = new TreeSet<>(ids(rekognition.index("c", Drawn.tiled(Drawn.photo(ANN), 3, 2), request -> {})));
        var client = rekognition.client();

        var first = client.listFaces(request -> request.collectionId("c").maxResults(3));
        client.deleteFaces(request -> request.collectionId("c").faceIds(ids.first()));
        var second = client.listFaces(
                request -> request.collectionId("c").maxResults(3).nextToken(first.nextToken()));

        assertThat(second.faces())
                .extracting(Face::faceId)
                .containsExactlyElementsOf(ids.stream().skip(3).toList());
        assertThat(second.nextToken()).isNull();
        assertThatThrownBy(() ->
                        client.listFaces(request -> request.collectionId("d").nextToken(first.nextToken())))
                .isInstanceOf(InvalidPaginationTokenException.class);
    }

    @Test
    void chosenFacesAreListed() {
        var ids = ids(rekognition.index("c", Drawn.photo(ANN, BOB), request -> {}));

        assertThat(rekognition
                        .client()
                        .listFaces(request -> request.collectionId("c")
                                .faceIds(ids.getFirst(), UUID.randomUUID().toString()))
                        .faces())
                .extracting(Face::faceId)
                .containsExactly(ids.getFirst());
    }

    @Test
    void deletedFacesAreToldApartFromThoseThatWereNotThere() {
        var ids = ids(rekognition.index("c", Drawn.photo(ANN, BOB), request -> {}));
        var unknown = UUID.randomUUID().toString();

        var deleted = rekognition
                .client()
                .deleteFaces(request -> request.collectionId("c").faceIds(ids.getFirst(), unknown));

        assertThat(deleted.deletedFaces()).containsExactly(ids.getFirst());
        assertThat(deleted.unsuccessfulFaceDeletions()).singleElement().satisfies(failed -> {
            assertThat(failed.faceId()).isEqualTo(unknown);
            assertThat(failed.reasons()).containsExactly(UnsuccessfulFaceDeletionReason.FACE_NOT_FOUND);
        });
        assertThat(count("c")).isEqualTo(1);
    }

    @Test
    void aCollectionThatIsDeletedTakesItsFacesAlong() {
        rekognition.index("c", Drawn.photo(ANN), request -> {});
        rekognition.client().deleteCollection(request -> request.collectionId("c"));
        rekognition.client().createCollection(request -> request.collectionId("c"));

        assertThat(count("c")).isZero();
    }
}
