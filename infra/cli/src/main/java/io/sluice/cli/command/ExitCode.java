package io.sluice.cli.command;

import io.sluice.schemas.job.JobStatus;

/** How a verb ended, as its caller reads it from {@code $?}. Scripts rely on the numbers. */
public enum ExitCode {
    /** It did what it was asked to. */
    SUCCESS(0),
    /** It did not, and said why in one line on standard error. */
    FAILED(1),
    /** Its arguments are not right; it said how it is used. */
    USAGE(2),
    /** It came to the end, and some rows or products were rejected. */
    SOME_REJECTED(3);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** {@return the exit code for a job's end; a job that a newer version of its entity overtook is a success} */
    public static ExitCode of(JobStatus status) {
        return switch (status) {
            case FAILED, DEAD, CANCELED -> FAILED;
            case QUEUED, PROCESSING, RETRYING, SUCCEEDED, SUPERSEDED -> SUCCESS;
        };
    }

    /** {@return this one, but {@link #SOME_REJECTED} for a success with so many rejected rows or products} */
    public ExitCode withRejected(long rejected) {
        return this == SUCCESS && rejected > 0 ? SOME_REJECTED : this;
    }

    /** {@return the number that the process ends with} */
    public int code() {
        return code;
    }
}
