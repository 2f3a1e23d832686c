package io.sluice.schemas.job;

/** What a job is about. */
public final class JobKind {
    /** Saving or deleting one product. */
    public static final String PRODUCT = "product";

    /** Uploading or deleting one photo. */
    public static final String PHOTO = "photo";

    /** Enrolling or erasing the face of one user. */
    public static final String FACE_ENROLMENT = "face-enrolment";

    /** Importing one file. */
    public static final String IMPORT = "import";

    /** Deleting a user and everything that belongs to it. */
    public static final String USER_ERASURE = "user-erasure";

    /** Sending dead letters back. */
    public static final String REDRIVE = "redrive";

    private JobKind() {}
}
