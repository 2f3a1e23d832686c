package io.sluice.rekognizer;

import io.sluice.runtime.FailureCode;

/** Reasons why the faces of a picture are not known. A failure of a store has a code of that store. */
public enum RekognizerFailure implements FailureCode {
    /**
     * Rekognition accepts fewer calls than the photos need, or all permitted calls are in flight. Nothing is lost: the
     * rekognizer calls less often and goes on by itself. If that lasts, lower {@code SLUICE_REKOGNITION_TPS} below the
     * quota of the account, or ask AWS for a higher one.
     */
    REKOGNITION_THROTTLED,
    /**
     * Rekognition does not answer, answers with an error of its own, or does not exist in this region. Look at
     * {@code AWS_REGION}, {@code REKOGNITION_ENDPOINT}, the network, and the health page of AWS. The rekognizer goes on by
     * itself.
     */
    REKOGNITION_UNAVAILABLE,
    /**
     * Rekognition refuses the credentials, or none were found. Correct {@code AWS_ACCESS_KEY_ID},
     * {@code AWS_SECRET_ACCESS_KEY} and {@code AWS_SESSION_TOKEN} or the role of the machine, and its policy
     * ({@code rekognition:*Faces}, {@code rekognition:*Collection}). New credentials in the environment need a restart of
     * the rekognizer. No photo is lost.
     */
    REKOGNITION_REFUSED,
    /**
     * A quota of the account is used up, such as the number of faces in a collection. Ask AWS for more. The rekognizer goes
     * on by itself.
     */
    REKOGNITION_QUOTA_EXCEEDED,
    /**
     * The calls that {@code SLUICE_REKOGNITION_DAILY_CALLS} allows are used up. The rekognizer goes on at midnight UTC, or
     * after a restart with a larger number.
     */
    REKOGNITION_BUDGET_USED_UP,
    /**
     * The collection is missing although it was just made. Another program deletes it, or {@code AWS_REGION} differs
     * between the rekognizers.
     */
    REKOGNITION_COLLECTION_MISSING,
    /** Rekognition rejects this one request. The log has its answer; it may be a defect. */
    REKOGNITION_REJECTED,
    /** Rekognition cannot read the picture. Have the sender create it again. */
    PICTURE_UNREADABLE,
    /** The picture has more bytes, or more pixels, than Rekognition accepts. Have the sender make it smaller. */
    PICTURE_TOO_LARGE,
    /** A selfie shows no face that can be recognized. Have the user send another one. */
    NO_FACE_FOUND,
    /** A selfie shows several faces. Have the user send one that shows only theirs. */
    SEVERAL_FACES,
    /**
     * Another rekognizer has been working on the same picture for some seconds. The record is tried again. If that lasts,
     * look for a rekognizer that hangs.
     */
    PICTURE_BUSY,
}
