package io.sluice.rekognizer;

import io.sluice.runtime.Failure;

/** A call of the {@link FaceService} has no result. The failure says why, and what happens to the record. */
public final class FaceServiceException extends RuntimeException {
    private final transient Failure failure;

    public FaceServiceException(Failure failure) {
        super(failure.detail(), failure.cause());
        this.failure = failure;
    }

    /** {@return why, in the terms of the runtime} */
    public Failure failure() {
        return failure;
    }

    /** {@return whether Rekognition only asks for fewer calls, so that the same call may pass later} */
    public boolean isThrottled() {
        return failure.code() == RekognizerFailure.REKOGNITION_THROTTLED;
    }
}
