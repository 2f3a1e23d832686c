package io.sluice.stores.qdrant;

import static io.sluice.runtime.Failure.Scope.DEPENDENCY;
import static io.sluice.stores.StoreFailure.QDRANT_COLLECTION_MISSING;
import static io.sluice.stores.StoreFailure.QDRANT_REFUSED;
import static io.sluice.stores.StoreFailure.QDRANT_REJECTED;
import static io.sluice.stores.StoreFailure.QDRANT_UNAVAILABLE;
import static io.sluice.stores.StoreFailure.QDRANT_UNSUPPORTED;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Unclear;
import io.sluice.runtime.FailureTranslator;
import java.util.Optional;

/**
 * Translates the errors of Qdrant into failures, by gRPC status. Any status may be about one point alone, so none is
 * taken for an outage before a probe has failed.
 */
public final class QdrantErrors implements FailureTranslator {
    @Override
    public Optional<Failure> translate(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatusRuntimeException rpc) {
                return Optional.of(of(rpc));
            }
            if (cause instanceof IncompleteUpdateException incomplete) {
                return Optional.of(Unclear.of(
                        new Retryable(QDRANT_UNAVAILABLE, "Qdrant did not confirm the update", DEPENDENCY, incomplete),
                        "Qdrant works, but does not confirm the update of this record"));
            }
        }
        return Optional.empty();
    }

    private static Failure of(StatusRuntimeException rpc) {
        var status = rpc.getStatus();
        return switch (status.getCode()) {
            case INVALID_ARGUMENT, OUT_OF_RANGE, ALREADY_EXISTS ->
                new Fatal(QDRANT_REJECTED, "Qdrant rejects the point: " + description(status), rpc);
            case UNAUTHENTICATED, PERMISSION_DENIED ->
                unclear(new Retryable(QDRANT_REFUSED, "Qdrant denied access", DEPENDENCY, rpc), status);
            case NOT_FOUND ->
                unclear(
                        new Retryable(QDRANT_COLLECTION_MISSING, "Qdrant has no such collection", DEPENDENCY, rpc),
                        status);
            case UNIMPLEMENTED ->
                unclear(
                        new Retryable(
                                QDRANT_UNSUPPORTED, "Qdrant cannot do that: " + description(status), DEPENDENCY, rpc),
                        status);
            case UNAVAILABLE, DEADLINE_EXCEEDED, ABORTED, CANCELLED, OK -> unclear(outage(status, rpc), status);
            // UNKNOWN and INTERNAL are errors inside Qdrant or of the wire, perhaps over one point that is too deep;
            // RESOURCE_EXHAUSTED is a rate limit, a full disk or a message that is too large
            case RESOURCE_EXHAUSTED, FAILED_PRECONDITION, INTERNAL, UNKNOWN, DATA_LOSS ->
                new Unclear(
                        outage(status, rpc),
                        new Fatal(
                                QDRANT_REJECTED,
                                "Qdrant works, but fails on this point: " + status.getCode() + ", "
                                        + description(status),
                                rpc));
        };
    }

    private static Unclear unclear(Retryable outage, Status status) {
        return Unclear.of(outage, "Qdrant works, but answers " + status.getCode() + " for this record");
    }

    private static Retryable outage(Status status, StatusRuntimeException rpc) {
        return new Retryable(QDRANT_UNAVAILABLE, "Qdrant: " + status.getCode(), DEPENDENCY, rpc);
    }

    private static String description(Status status) {
        return String.valueOf(status.getDescription());
    }
}
