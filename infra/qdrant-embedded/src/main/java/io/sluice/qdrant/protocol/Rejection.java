package io.sluice.qdrant.protocol;

import io.grpc.Status;

/**
 * Says that a request is refused. It has Qdrant's own status and message, so that a client which reads error messages
 * behaves the same with the real server.
 */
public final class Rejection extends RuntimeException {
    private final transient Status status;

    private Rejection(Status status) {
        super(status.getDescription(), null, false, false);
        this.status = status;
    }

    /** {@return the gRPC status to answer with} */
    public Status status() {
        return status;
    }

    /** {@return the rejection of a value that does not fit the collection} */
    public static Rejection wrongInput(String detail) {
        return new Rejection(Status.INVALID_ARGUMENT.withDescription("Wrong input: " + detail));
    }

    /** {@return the rejection of a request that is wrong whatever the collection holds} */
    public static Rejection badRequest(String detail) {
        return new Rejection(Status.INVALID_ARGUMENT.withDescription("Bad request: " + detail));
    }

    /** {@return the rejection of a field outside its bounds} */
    public static Rejection invalidField(String field, String reason) {
        return malformed("Validation error in body: [%s: %s]".formatted(field, reason));
    }

    /** {@return the rejection of a message that cannot be read} */
    public static Rejection malformed(String detail) {
        return new Rejection(Status.INVALID_ARGUMENT.withDescription(detail));
    }

    /** {@return the rejection of a request about something that does not exist} */
    public static Rejection notFound(String detail) {
        return new Rejection(Status.NOT_FOUND.withDescription("Not found: " + detail));
    }

    /** {@return the rejection of a request about a collection that does not exist} */
    public static Rejection noSuchCollection(String name) {
        return notFound("Collection `%s` doesn't exist!".formatted(name));
    }

    /** {@return the rejection of a name that a collection already has} */
    public static Rejection collectionExists(String name) {
        return new Rejection(
                Status.ALREADY_EXISTS.withDescription("Wrong input: Collection `%s` already exists!".formatted(name)));
    }

    /** {@return the rejection of data that there is no memory for} */
    public static Rejection exhausted(String detail) {
        return new Rejection(Status.RESOURCE_EXHAUSTED.withDescription(detail));
    }

    /** {@return the rejection of a request that Qdrant supports and this stand-in does not} */
    public static Rejection unsupported(String what) {
        return new Rejection(Status.UNIMPLEMENTED.withDescription(
                "The local Qdrant stand-in does not support %s; use a real Qdrant for it".formatted(what)));
    }
}
