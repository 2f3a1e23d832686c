package io.sluice.stores.objects;

import static io.sluice.runtime.Failure.Scope.DEPENDENCY;
import static io.sluice.runtime.Failure.Scope.RECORD;
import static io.sluice.stores.StoreFailure.OBJECT_CORRUPT;
import static io.sluice.stores.StoreFailure.OBJECT_MISSING;
import static io.sluice.stores.StoreFailure.OBJECT_STORE_REFUSED;
import static io.sluice.stores.StoreFailure.OBJECT_STORE_REJECTED;
import static io.sluice.stores.StoreFailure.OBJECT_STORE_UNAVAILABLE;
import static io.sluice.stores.StoreFailure.OBJECT_TOO_LARGE;

import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Unclear;
import io.sluice.runtime.FailureTranslator;
import io.sluice.stores.objects.ObjectStore.ObjectCorruptException;
import io.sluice.stores.objects.ObjectStore.ObjectMissingException;
import io.sluice.stores.objects.ObjectStore.ObjectTooLargeException;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Translates the errors of the object store into failures, by HTTP status. Any status may be about one object alone, so
 * none is taken for an outage before a probe has failed.
 */
public final class S3Errors implements FailureTranslator {
    private static final int SERVER_ERROR = 500;

    @Override
    public Optional<Failure> translate(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            switch (cause) {
                // the record may have come before its object was stored
                case ObjectMissingException e -> {
                    return Optional.of(new Retryable(OBJECT_MISSING, message(e), RECORD, e));
                }
                case ObjectTooLargeException e -> {
                    return Optional.of(new Fatal(OBJECT_TOO_LARGE, message(e), e));
                }
                case ObjectCorruptException e -> {
                    return Optional.of(new Retryable(OBJECT_CORRUPT, message(e), RECORD, e));
                }
                case S3Exception e -> {
                    return Optional.of(answered(e));
                }
                case SdkException e -> {
                    return Optional.of(unanswered(e));
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    private static Failure answered(S3Exception e) {
        var outage = switch (e.statusCode()) {
            case 401, 403 -> new Retryable(OBJECT_STORE_REFUSED, "the object store denied access", DEPENDENCY, e);
            case 408, 409, 429 ->
                new Retryable(OBJECT_STORE_UNAVAILABLE, "the object store asks for a later retry", DEPENDENCY, e);
            default ->
                new Retryable(
                        e.statusCode() >= SERVER_ERROR ? OBJECT_STORE_UNAVAILABLE : OBJECT_STORE_REJECTED,
                        "the object store answered " + e.statusCode(),
                        DEPENDENCY,
                        e);
        };
        return Unclear.of(
                outage, "the object store works, but answers " + e.statusCode() + " for the object of this record");
    }

    /** No connection, no answer in time, or no credentials found. */
    private static Failure unanswered(SdkException e) {
        return Unclear.of(
                new Retryable(OBJECT_STORE_UNAVAILABLE, "the object store does not answer", DEPENDENCY, e),
                "the object store works, but does not answer for the object of this record");
    }

    private static String message(Throwable thrown) {
        return String.valueOf(thrown.getMessage());
    }
}
