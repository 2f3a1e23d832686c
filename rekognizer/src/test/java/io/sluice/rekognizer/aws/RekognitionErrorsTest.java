package io.sluice.rekognizer.aws;

import static io.sluice.rekognizer.RekognizerFailure.PICTURE_TOO_LARGE;
import static io.sluice.rekognizer.RekognizerFailure.PICTURE_UNREADABLE;
import static io.sluice.rekognizer.RekognizerFailure.REKOGNITION_COLLECTION_MISSING;
import static io.sluice.rekognizer.RekognizerFailure.REKOGNITION_QUOTA_EXCEEDED;
import static io.sluice.rekognizer.RekognizerFailure.REKOGNITION_REFUSED;
import static io.sluice.rekognizer.RekognizerFailure.REKOGNITION_REJECTED;
import static io.sluice.rekognizer.RekognizerFailure.REKOGNITION_THROTTLED;
import static io.sluice.rekognizer.RekognizerFailure.REKOGNITION_UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sluice.rekognizer.RekognizerFailure;
import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Scope;
import io.sluice.runtime.Failure.Unclear;
import io.sluice.runtime.RuntimeFailure;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.rekognition.model.AccessDeniedException;
import software.amazon.awssdk.services.rekognition.model.ImageTooLargeException;
import software.amazon.awssdk.services.rekognition.model.InternalServerErrorException;
import software.amazon.awssdk.services.rekognition.model.InvalidImageFormatException;
import software.amazon.awssdk.services.rekognition.model.InvalidParameterException;
import software.amazon.awssdk.services.rekognition.model.InvalidS3ObjectException;
import software.amazon.awssdk.services.rekognition.model.LimitExceededException;
import software.amazon.awssdk.services.rekognition.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.rekognition.model.RekognitionException;
import software.amazon.awssdk.services.rekognition.model.ResourceNotFoundException;
import software.amazon.awssdk.services.rekognition.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.rekognition.model.ThrottlingException;

class RekognitionErrorsTest {
    static Stream<Arguments> outages() {
        return Stream.of(
                arguments(ThrottlingException.builder().build(), REKOGNITION_THROTTLED, "SLUICE_REKOGNITION_TPS"),
                arguments(
                        ProvisionedThroughputExceededException.builder().build(),
                        REKOGNITION_THROTTLED,
                        "AWS_CONCURRENT_REQUESTS"),
                arguments(answer(503, "ThrottlingException"), REKOGNITION_THROTTLED, "SLUICE_REKOGNITION_TPS"),
                arguments(answer(429, "Anything"), REKOGNITION_THROTTLED, "SLUICE_REKOGNITION_TPS"),
                arguments(AccessDeniedException.builder().build(), REKOGNITION_REFUSED, "rekognition:CreateCollection"),
                arguments(answer(400, "AccessDeniedException"), REKOGNITION_REFUSED, "rekognition:CreateCollection"),
                arguments(answer(403, "Anything"), REKOGNITION_REFUSED, "rekognition:CreateCollection"),
                arguments(answer(400, "UnrecognizedClientException"), REKOGNITION_REFUSED, "AWS_ACCESS_KEY_ID"),
                arguments(answer(400, "InvalidSignatureException"), REKOGNITION_REFUSED, "AWS_REGION"),
                arguments(answer(400, "ExpiredTokenException"), REKOGNITION_REFUSED, "AWS_SESSION_TOKEN"),
                arguments(answer(400, "MissingAuthenticationTokenException"), REKOGNITION_REFUSED, "AWS_ACCESS_KEY_ID"),
                arguments(
                        SdkClientException.create("Unable to load credentials from any of the providers in the chain"),
                        REKOGNITION_REFUSED,
                        "AWS_SECRET_ACCESS_KEY"),
                arguments(
                        SdkClientException.create(
                                "Unable to execute HTTP request",
                                new UnknownHostException("rekognition.eu-mars-1.amazonaws.com")),
                        REKOGNITION_UNAVAILABLE,
                        "AWS_REGION"),
                arguments(answer(400, "UnknownOperationException"), REKOGNITION_UNAVAILABLE, "REKOGNITION_ENDPOINT"),
                arguments(ServiceQuotaExceededException.builder().build(), REKOGNITION_QUOTA_EXCEEDED, "ask AWS"),
                arguments(LimitExceededException.builder().build(), REKOGNITION_QUOTA_EXCEEDED, "ask AWS"));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void whatConcernsTheAccountIsAnOutageThatNamesWhatMendsIt(
            SdkException thrown, RekognizerFailure code, String remedy) {
        assertThat(RekognitionErrors.of(thrown)).isInstanceOfSatisfying(Retryable.class, failure -> {
            assertThat(failure.scope()).isEqualTo(Scope.DEPENDENCY);
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.detail()).contains(remedy);
        });
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments(InvalidImageFormatException.builder().build(), PICTURE_UNREADABLE),
                arguments(ImageTooLargeException.builder().build(), PICTURE_TOO_LARGE),
                arguments(InvalidParameterException.builder().build(), REKOGNITION_REJECTED));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatConcernsThePictureIsFatal(SdkException thrown, RekognizerFailure code) {
        assertThat(RekognitionErrors.of(thrown))
                .isInstanceOfSatisfying(
                        Fatal.class, failure -> assertThat(failure.code()).isEqualTo(code));
    }

    @Test
    void anObjectThatIsNotThereYetIsTriedAgain() {
        assertThat(RekognitionErrors.of(InvalidS3ObjectException.builder().build()))
                .isInstanceOfSatisfying(
                        Retryable.class, failure -> assertThat(failure.scope()).isEqualTo(Scope.RECORD));
    }

    static Stream<Arguments> troubles() {
        return Stream.of(
                arguments(InternalServerErrorException.builder().statusCode(500).build(), REKOGNITION_UNAVAILABLE),
                arguments(answer(503, "ServiceUnavailable"), REKOGNITION_UNAVAILABLE),
                arguments(ApiCallTimeoutException.create(20_000), REKOGNITION_UNAVAILABLE),
                arguments(ApiCallAttemptTimeoutException.create(8_000), REKOGNITION_UNAVAILABLE),
                arguments(SdkClientException.create("Connection refused"), REKOGNITION_UNAVAILABLE),
                arguments(ResourceNotFoundException.builder().build(), REKOGNITION_COLLECTION_MISSING),
                arguments(answer(400, "SomethingNew"), REKOGNITION_REJECTED));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void whatMayConcernOnePictureIsAnOutageOnlyWhenAProbeFails(SdkException thrown, RekognizerFailure code) {
        assertThat(RekognitionErrors.of(thrown)).isInstanceOfSatisfying(Unclear.class, failure -> {
            assertThat(failure.outage().code()).isEqualTo(code);
            assertThat(failure.rejection().code()).isEqualTo(RuntimeFailure.UNCLASSIFIED);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"UnrecognizedClientException", "AccessDeniedException", "SomethingNew"})
    void noSentenceQuotesTheAnswerOfAws(String code) {
        var failure = RekognitionErrors.of(answer(400, code));

        assertThat(details(failure)).noneMatch(detail -> detail.contains("AKIA"));
    }

    private static Stream<String> details(Failure failure) {
        return failure instanceof Unclear unclear
                ? Stream.of(unclear.outage().detail(), unclear.rejection().detail())
                : Stream.of(failure.detail());
    }

    private static SdkException answer(int status, String code) {
        return RekognitionException.builder()
                .statusCode(status)
                .message("user AKIA123 is not allowed")
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("user AKIA123 is not allowed")
                        .build())
                .build();
    }
}
