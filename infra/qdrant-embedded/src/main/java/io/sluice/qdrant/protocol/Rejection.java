package io.sluice.qdrant.protocol;

import io.grpc.Status;

/**
 * A request refused, with the status and the words of Qdrant itself, so that a client which reads error texts meets no
 * surprise when it moves to the real server.
 */
public final class Rejection extends RuntimeException {
    private final transient Status status;

    private Rejection(Status status) {
        super(status.getDescription(), null, false, false);
        this.status = status;
    }

    /** {@return the answer for the wire} */
    public Status status() {
        return status;
    }

    /** {@return the refusal of a value that does not fit the collection} */
    public static Rejection wrongInput(String detail) {
        return new Rejection(Status.INVALID_ARGUMENT.withDescription("Wrong input: " + detail));
    }

    /** {@return the refusal of a request that makes no sense whatever the collection holds} */
    public static Rejection badRequest(String detail) {
        return new Rejection(Status.INVALID_ARGUMENT.withDescription("Bad request: " + detail));
    }

    /** {@return the refusal of a field outside its bounds} */
    public static Rejection invalidField(String field, String reason) {
        return malformed("Validation error in body: [%s: %s]".formatted(field, reason));
    }

    /** {@return the refusal of a message that cannot be read} */
    public static Rejection malformed(String detail) {
        return new Rejection(Status.INVALID_ARGUMENT.withDescription(detail));
    }

    /** {@return the refusal of a request about something that is not there} */
    public static Rejection notFound(String detail) {
        return new Rejection(Status.NOT_FOUND.withDescription("Not found: " + detail));
    }

    /** {@return the refusal of a request about a collection that is not there} */
    public static Rejection noSuchCollection(String name) {
        return notFound("Collection `%s` doesn't exist!".formatted(name));
    }

    /** {@return the refusal of a name that a collection has} */
    public static Rejection collectionExists(String name) {
        return new Rejection(
                Status.ALREADY_EXISTS.withDescription("Wrong input: Collection `%s` already exists!".formatted(name)));
    }

    /** {@return the refusal of what there is no room for} */
    public static Rejection exhausted(String detail) {
        return new Rejection(Status.RESOURCE_EXHAUSTED.withDescription(detail));
    }

    /** {@return the refusal of what Qdrant can do and this stand-in cannot} */
    public static Rejection unsupported(String what) {
        return new Rejection(Status.UNIMPLEMENTED.withDescription(
                "The local Qdrant stand-in does not support %s; use a real Qdrant for it".formatted(what)));
    }
}
