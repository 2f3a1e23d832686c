package io.sluice.schemas.job;

/** What a job is about. */
public final class JobKind {
    /** Saving or deleting one product. */
    public static final String PRODUCT = "product";

    /** Importing one file. */
    public static final String IMPORT = "import";

    private JobKind() {}
}
