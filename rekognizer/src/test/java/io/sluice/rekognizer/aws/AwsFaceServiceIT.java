package io.sluice.rekognizer.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.rekognizer.AwsConfig;
import io.sluice.rekognizer.FaceService;
import io.sluice.rekognizer.FaceServiceException;
import io.sluice.rekognizer.fake.FaceServiceContract;
import io.sluice.runtime.Failure;
import io.sluice.samplephotos.CameraData;
import io.sluice.samplephotos.Person;
import io.sluice.samplephotos.SamplePhoto;
import io.sluice.samplephotos.SamplePhotos;
import io.sluice.samplephotos.Turn;
import io.sluice.testkit.TestRekognition;
import io.sluice.testkit.TestStack;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client of the SDK, as the rekognizer makes it, and the stand-in for Rekognition. */
class AwsFaceServiceIT extends FaceServiceContract {
    private static final Map<String, Person> PEOPLE =
            SamplePhotos.of(3, 1, 7).people().stream().collect(Collectors.toMap(Person::name, person -> person));

    private static final CameraData CAMERA =
            new CameraData(Turn.UPRIGHT, LocalDateTime.of(2026, 5, 4, 12, 0), ZoneOffset.UTC, null);

    private static final byte[] NO_PICTURE = {1, 2, 3};
    private static final String FACE = "00000000-0000-4000-8000-000000000000";

    private final TestRekognition rekognition = TestStack.rekognition();
    private final AwsFaceService faces = new AwsFaceService(
            "it-" + UUID.randomUUID(),
            () -> RekognitionClients.client(new AwsConfig("eu-west-1", 2), new EndpointConfig(rekognition.url())),
            Clock.systemUTC());

    @AfterEach
    void close() {
        rekognition.fault("{}");
        faces.close();
    }

    @Override
    protected FaceService service() {
        return faces;
    }

    @Override
    protected byte[] picture(int number, String... people) {
        var shown = Stream.of(people).map(PEOPLE::get).toList();
        return new SamplePhoto("photo.jpg", shown, 800, 600, CAMERA, number).jpeg();
    }

    @ParameterizedTest
    @CsvSource({
        "ThrottlingException, REKOGNITION_THROTTLED, Retryable",
        "ProvisionedThroughputExceededException, REKOGNITION_THROTTLED, Retryable",
        "AccessDeniedException, REKOGNITION_REFUSED, Retryable",
        "UnrecognizedClientException, REKOGNITION_REFUSED, Retryable",
        "InvalidSignatureException, REKOGNITION_REFUSED, Retryable",
        "ServiceQuotaExceededException, REKOGNITION_QUOTA_EXCEEDED, Retryable",
        "ExpiredTokenException, REKOGNITION_REFUSED, Retryable",
        "MissingAuthenticationTokenException, REKOGNITION_REFUSED, Retryable",
        "LimitExceededException, REKOGNITION_QUOTA_EXCEEDED, Retryable",
        "ServiceUnavailableException, REKOGNITION_UNAVAILABLE, Unclear",
        "InternalServerError, REKOGNITION_UNAVAILABLE, Unclear",
        "InvalidImageFormatException, PICTURE_UNREADABLE, Fatal",
        "ImageTooLargeException, PICTURE_TOO_LARGE, Fatal",
        "InvalidParameterException, REKOGNITION_REJECTED, Fatal"
    })
    void anErrorOnTheWireIsWhatTheTableSaysAndTheCallIsMadeOnce(String error, String code, String kind) {
        rekognition.fault("{\"error\": \"" + error + "\"}");

        var failure = failureOf(NO_PICTURE);

        assertThat(failure.code().name()).isEqualTo(code);
        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(rekognition.calls("IndexFaces")).isEqualTo(1);
    }

    @Test
    void theFirstCallMakesTheCollectionAndFacesThatAreNotThereAreGone() {
        assertThat(faces.search(FACE, 80)).isEmpty();
        assertThat(faces.delete(List.of(FACE))).containsExactly(FACE);
        assertThat(faces.modelVersion()).isNotBlank();

        assertThat(failureOf(NO_PICTURE).code().name()).isEqualTo("PICTURE_UNREADABLE");
        faces.probe();
    }

    private Failure failureOf(byte[] picture) {
        return catchThrowableOfType(FaceServiceException.class, () -> faces.index(picture, "a", 1))
                .failure();
    }
}
