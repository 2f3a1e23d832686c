package io.sluice.cli.command;

import io.sluice.schemas.job.JobStatus;

/** The exit codes of all verbs. Scripts rely on the numbers. */
public enum ExitCode {
    /** The verb did its work. */
    SUCCESS(0),
    /** The verb failed. Standard error has the reason in one line. */
    FAILED(1),
    /** The arguments are wrong. Standard error shows the usage. */
    USAGE(2),
    /** The verb finished, but some rows or products were rejected. */
    SOME_REJECTED(3);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** Returns the exit code for the final status of a job. A superseded job is a success. */
    public static ExitCode of(JobStatus status) {
        return switch (status) {
            case FAILED, DEAD, CANCELED -> FAILED;
            case QUEUED, PROCESSING, RETRYING, SUCCEEDED, SUPERSEDED -> SUCCESS;
        };
    }

    /** {@return {@link #SOME_REJECTED} for a success with rejected rows or products, else this exit code} */
    public ExitCode withRejected(long rejected) {
        return this == SUCCESS && rejected > 0 ? SOME_REJECTED : this;
    }

    /** {@return the exit code of the process} */
    public int code() {
        return code;
    }
}
