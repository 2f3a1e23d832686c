package io.sluice.rekognizer.aws;

import static io.sluice.rekognizer.RekognizerFailure.PICTURE_TOO_LARGE;
import static io.sluice.rekognizer.RekognizerFailure.PICTURE_UNREADABLE;
import static io.sluice.rekognizer.RekognizerFailure.REKOGNITION_COLLECTION_MISSING;
import static io.sluice.rekognizer.RekognizerFailure.REKOGNITION_QUOTA_EXCEEDED;
import static io.sluice.rekognizer.RekognizerFailure.REKOGNITION_REFUSED;
import static io.sluice.rekognizer.RekognizerFailure.REKOGNITION_REJECTED;
import static io.sluice.rekognizer.RekognizerFailure.REKOGNITION_THROTTLED;
import static io.sluice.rekognizer.RekognizerFailure.REKOGNITION_UNAVAILABLE;
import static io.sluice.runtime.Failure.Scope.DEPENDENCY;
import static io.sluice.runtime.Failure.Scope.RECORD;

import io.sluice.rekognizer.RekognizerFailure;
import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Unclear;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.rekognition.model.AccessDeniedException;
import software.amazon.awssdk.services.rekognition.model.ImageTooLargeException;
import software.amazon.awssdk.services.rekognition.model.InvalidImageFormatException;
import software.amazon.awssdk.services.rekognition.model.InvalidParameterException;
import software.amazon.awssdk.services.rekognition.model.InvalidS3ObjectException;
import software.amazon.awssdk.services.rekognition.model.LimitExceededException;
import software.amazon.awssdk.services.rekognition.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.rekognition.model.RekognitionException;
import software.amazon.awssdk.services.rekognition.model.ResourceNotFoundException;
import software.amazon.awssdk.services.rekognition.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.rekognition.model.ThrottlingException;

/**
 * The table of Rekognition's errors. What concerns the whole account is an outage, so that no photo is given up for it; the
 * sentence names the setting that mends it. It never quotes an answer of AWS, which may name a key or a role.
 */
final class RekognitionErrors {
    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Set<Integer> FORBIDDEN = Set.of(401, 403);

    /** Codes that every service of AWS has, and for which the SDK has no classes. */
    private static final Set<String> BAD_CREDENTIALS = Set.of(
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "IncompleteSignature",
            "IncompleteSignatureException",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "ExpiredToken",
            "ExpiredTokenException",
            "RequestExpired",
            "OptInRequired",
            "NotAuthorized");

    private static final Set<String> NO_SUCH_CALL = Set.of("UnknownOperationException", "UnknownOperation");

    private RekognitionErrors() {}

    /** {@return the failure that the exception means} */
    static Failure of(SdkException thrown) {
        return switch (thrown) {
            case ThrottlingException e -> throttled(e);
            case ProvisionedThroughputExceededException e -> throttled(e);
            case InvalidImageFormatException e ->
                new Fatal(PICTURE_UNREADABLE, "Rekognition cannot read the picture", e);
            case ImageTooLargeException e ->
                new Fatal(PICTURE_TOO_LARGE, "the picture is larger than Rekognition accepts", e);
            case InvalidParameterException e ->
                new Fatal(
                        REKOGNITION_REJECTED,
                        "Rekognition rejects the picture, which may have fewer than 80 pixels at a side",
                        e);
            case InvalidS3ObjectException e ->
                new Retryable(REKOGNITION_REJECTED, "Rekognition cannot read the object", RECORD, e);
            case ResourceNotFoundException e ->
                Unclear.of(
                        outage(
                                REKOGNITION_COLLECTION_MISSING,
                                "the collection is missing although it was just made; check AWS_REGION and"
                                        + " SLUICE_REKOGNITION_COLLECTION",
                                e),
                        "the collection was missing");
            case AccessDeniedException e -> accessDenied(e);
            case ServiceQuotaExceededException e -> quotaExceeded(e);
            case LimitExceededException e -> quotaExceeded(e);
            case RekognitionException e -> answered(e);
            case ApiCallTimeoutException e -> late(e);
            case ApiCallAttemptTimeoutException e -> late(e);
            default -> unanswered(thrown);
        };
    }

    private static Failure answered(RekognitionException e) {
        var code = Optional.ofNullable(e.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .orElse("");
        if (e.isThrottlingException() || e.statusCode() == TOO_MANY_REQUESTS) {
            return throttled(e);
        }
        if (e.statusCode() >= SERVER_ERROR) {
            return unclear("Rekognition answers " + e.statusCode(), e);
        }
        if (BAD_CREDENTIALS.contains(code)) {
            return outage(
                    REKOGNITION_REFUSED,
                    "AWS refuses the credentials (" + code
                            + "); check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN and AWS_REGION, or the"
                            + " role of the machine",
                    e);
        }
        if (FORBIDDEN.contains(e.statusCode()) || code.equals("AccessDeniedException")) {
            return accessDenied(e);
        }
        if (NO_SUCH_CALL.contains(code)) {
            return outage(
                    REKOGNITION_UNAVAILABLE,
                    "what answers is not Rekognition; check REKOGNITION_ENDPOINT and AWS_REGION",
                    e);
        }
        return Unclear.of(
                outage(REKOGNITION_REJECTED, "Rekognition answers " + e.statusCode(), e),
                "Rekognition works, but answers " + e.statusCode() + " for this record");
    }

    /** No answer in time. */
    private static Failure late(SdkException e) {
        return unclear("Rekognition does not answer in time", e);
    }

    /** No connection, or no credentials found. */
    private static Failure unanswered(SdkException thrown) {
        if (String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT).contains("credentials")) {
            return outage(
                    REKOGNITION_REFUSED,
                    "no credentials for AWS were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the"
                            + " machine a role",
                    thrown);
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return outage(
                        REKOGNITION_UNAVAILABLE,
                        "there is no Rekognition in this region, or no network; check AWS_REGION and"
                                + " REKOGNITION_ENDPOINT",
                        thrown);
            }
        }
        return unclear("Rekognition does not answer; check the network, AWS_REGION and REKOGNITION_ENDPOINT", thrown);
    }

    private static Failure throttled(SdkException e) {
        return outage(
                REKOGNITION_THROTTLED,
                "AWS accepts fewer calls; lower SLUICE_REKOGNITION_TPS or AWS_CONCURRENT_REQUESTS if this lasts",
                e);
    }

    private static Failure accessDenied(SdkException e) {
        return outage(
                REKOGNITION_REFUSED,
                "the credentials for AWS lack a right; allow rekognition:CreateCollection, DescribeCollection, IndexFaces,"
                        + " SearchFaces and DeleteFaces",
                e);
    }

    private static Failure quotaExceeded(SdkException e) {
        return outage(
                REKOGNITION_QUOTA_EXCEEDED,
                "a quota of the account at AWS is used up, such as the faces of a collection; ask AWS for more",
                e);
    }

    private static Failure unclear(String what, SdkException e) {
        return Unclear.of(outage(REKOGNITION_UNAVAILABLE, what, e), "Rekognition works, but fails on this record");
    }

    private static Retryable outage(RekognizerFailure code, String what, SdkException e) {
        return new Retryable(code, what, DEPENDENCY, e);
    }
}
