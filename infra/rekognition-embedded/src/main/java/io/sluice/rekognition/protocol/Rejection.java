package io.sluice.rekognition.protocol;

/** A request is answered with an error. */
public final class Rejection extends RuntimeException {
    private final ApiError error;
    private final String reason;

    Rejection(ApiError error, String reason) {
        super(error.type() + ": " + reason, null, false, false);
        this.error = error;
        this.reason = reason;
    }

    /** {@return the error of the answer} */
    public ApiError error() {
        return error;
    }

    /** {@return the message of the answer} */
    public String reason() {
        return reason;
    }
}
