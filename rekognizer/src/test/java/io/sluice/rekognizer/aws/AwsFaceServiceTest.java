package io.sluice.rekognizer.aws;

import static io.sluice.rekognizer.RekognizerFailure.PICTURE_UNREADABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.rekognizer.FaceMatch;
import io.sluice.rekognizer.FaceServiceException;
import io.sluice.schemas.photo.PhotoFaces.Box;
import io.sluice.schemas.photo.PhotoFaces.Face;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.rekognition.model.AccessDeniedException;
import software.amazon.awssdk.services.rekognition.model.InternalServerErrorException;
import software.amazon.awssdk.services.rekognition.model.InvalidImageFormatException;
import software.amazon.awssdk.services.rekognition.model.InvalidParameterException;
import software.amazon.awssdk.services.rekognition.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.rekognition.model.ServiceQuotaExceededException;

class AwsFaceServiceTest {
    private static final byte[] PICTURE = new byte[7];

    private final PretendRekognition rekognition = new PretendRekognition();
    private Instant now = Instant.EPOCH;
    private final AwsFaceService faces = new AwsFaceService("people", () -> rekognition, () -> now);

    @BeforeEach
    void hasCollection() {
        rekognition.hasCollection = true;
    }

    @Test
    void givesTheFacesOfAPictureWithTheModelThatFoundThem() {
        var found = faces.index(PICTURE, "a1", 100);

        assertThat(found.modelVersion()).isEqualTo("7.0");
        assertThat(found.faces()).containsExactly(new Face("f1", new Box(0.1f, -0.2f, 0.3f, 0.4f), 99.5f));
        assertThat(rekognition.calls).containsExactly("IndexFaces a1 7");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMissingCollectionIsMadeAndTheCallTriedOnceMore(boolean isRaced) {
        rekognition.hasCollection = false;
        rekognition.isRaced = isRaced;

        assertThat(faces.index(PICTURE, "a1", 100).faces()).hasSize(1);

        assertThat(rekognition.calls).containsExactly("IndexFaces a1 7", "CreateCollection people", "IndexFaces a1 7");
    }

    @Test
    void theModelIsReadOnce() {
        assertThat(faces.modelVersion()).isEqualTo("7.0");
        assertThat(faces.modelVersion()).isEqualTo("7.0");

        assertThat(rekognition.calls).containsExactly("DescribeCollection");
    }

    @Test
    void theModelOfACollectionThatWasJustMadeIsKnown() {
        rekognition.hasCollection = false;
        faces.index(PICTURE, "a1", 100);
        rekognition.calls.clear();

        assertThat(faces.modelVersion()).isEqualTo("7.0");
        assertThat(rekognition.calls).isEmpty();
    }

    @Test
    void aSearchGivesWhatResemblesTheFace() {
        assertThat(faces.search("f1", 80)).containsExactly(new FaceMatch("f2", 91.5f));
        assertThat(rekognition.calls).containsExactly("SearchFaces f1 80.0");
    }

    @Test
    void aSearchByAFaceThatIsGoneFindsNothing() {
        rekognition.failing.put(
                "SearchFaces", InvalidParameterException.builder().build());

        assertThat(faces.search("f1", 80)).isEmpty();
    }

    @Test
    void aFaceThatRekognitionDoesNotHaveIsGone() {
        assertThat(faces.delete(List.of("f1", "f2", "f3", "f1"))).isEqualTo(Set.of("f1", "f2"));
        assertThat(rekognition.calls).containsExactly("DeleteFaces 3");
    }

    @Test
    void withoutACollectionAllFacesAreGone() {
        rekognition.hasCollection = false;

        assertThat(faces.delete(List.of("f1", "f3"))).isEqualTo(Set.of("f1", "f3"));
        assertThat(rekognition.calls).containsExactly("DeleteFaces 2");
    }

    @Test
    void aFailedCallSaysWhy() {
        rekognition.failing.put(
                "IndexFaces", InvalidImageFormatException.builder().build());

        assertThatThrownBy(() -> faces.index(PICTURE, "a1", 100))
                .isInstanceOfSatisfying(
                        FaceServiceException.class,
                        e -> assertThat(e.failure().code()).isEqualTo(PICTURE_UNREADABLE));
    }

    @Test
    void aProbeCostsNothing() {
        faces.index(PICTURE, "a1", 100);
        rekognition.calls.clear();

        faces.probe();

        assertThat(rekognition.calls).containsExactly("DescribeCollection");
    }

    @Test
    void aProbeMakesNoCollection() {
        rekognition.hasCollection = false;

        faces.probe();

        assertThat(rekognition.calls).containsExactly("DescribeCollection");
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void afterTroubleWithTheAccountAProbePassesOnlyWhenTheSameKindOfCallDoes(SdkException trouble) {
        rekognition.failing.put("IndexFaces", trouble);
        assertThatThrownBy(() -> faces.index(PICTURE, "a1", 100)).isInstanceOf(FaceServiceException.class);
        rekognition.calls.clear();

        assertThatThrownBy(faces::probe).isInstanceOf(FaceServiceException.class);
        assertThat(rekognition.calls).containsExactly("DescribeCollection", "IndexFaces null 1");

        rekognition.failing.put(
                "IndexFaces", InvalidImageFormatException.builder().build());
        faces.probe();
        rekognition.calls.clear();
        faces.probe();
        assertThat(rekognition.calls).as("after a probe that passed").containsExactly("DescribeCollection");
    }

    static Stream<SdkException> troubles() {
        return Stream.of(
                ProvisionedThroughputExceededException.builder().build(),
                AccessDeniedException.builder().build(),
                InternalServerErrorException.builder().statusCode(500).build());
    }

    @Test
    void aPictureThatCannotBeReadIsNoTroubleWithTheAccount() {
        rekognition.failing.put(
                "IndexFaces", InvalidImageFormatException.builder().build());
        assertThatThrownBy(() -> faces.index(PICTURE, "a1", 100)).isInstanceOf(FaceServiceException.class);
        rekognition.calls.clear();

        faces.probe();

        assertThat(rekognition.calls).containsExactly("DescribeCollection");
    }

    @Test
    void aFullCollectionIsTriedWithAPhotoAQuarterOfAnHourLater() {
        rekognition.failing.put(
                "IndexFaces", ServiceQuotaExceededException.builder().build());
        assertThatThrownBy(() -> faces.index(PICTURE, "a1", 100)).isInstanceOf(FaceServiceException.class);
        rekognition.failing.clear();

        now = now.plus(Duration.ofMinutes(14));
        assertThatThrownBy(faces::probe).hasMessageContaining("ask AWS for more");
        now = now.plus(Duration.ofMinutes(1));
        faces.probe();
    }
}
