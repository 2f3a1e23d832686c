package io.sluice.rekognizer.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.rekognizer.AwsConfig;
import io.sluice.rekognizer.FaceServiceException;
import io.sluice.runtime.Failure;
import io.sluice.testkit.TestStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client of the SDK, as the rekognizer makes it, and the stand-in for Rekognition. */
class AwsFaceServiceIT {
    private static final byte[] NO_PICTURE = {1, 2, 3};
    private static final String FACE = "00000000-0000-4000-8000-000000000000";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url = TestStack.rekognition().url();
    private final AwsFaceService faces = new AwsFaceService(
            "aws-face-service-it",
            () -> RekognitionClients.client(new AwsConfig("eu-west-1", 2), new EndpointConfig(url)),
            Clock.systemUTC());

    @AfterEach
    void close() throws Exception {
        fault("{}");
        faces.close();
        http.close();
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
    void anErrorOnTheWireIsWhatTheTableSaysAndTheCallIsMadeOnce(String error, String code, String kind)
            throws Exception {
        fault("{\"error\": \"" + error + "\"}");

        var failure = failureOf(NO_PICTURE);

        assertThat(failure.code().name()).isEqualTo(code);
        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(calls("IndexFaces")).isEqualTo(1);
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

    private int calls(String operation) throws IOException, InterruptedException {
        var stats = http.send(
                HttpRequest.newBuilder(URI.create(url + "/_sluice/stats")).build(), BodyHandlers.ofString());
        return new ObjectMapper()
                .readTree(stats.body())
                .path("calls")
                .path(operation)
                .asInt();
    }

    private void fault(String json) throws IOException, InterruptedException {
        var set = HttpRequest.newBuilder(URI.create(url + "/_sluice/faults"))
                .POST(BodyPublishers.ofString(json))
                .build();
        assertThat(http.send(set, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
    }
}
