package io.sluice.schemas.job;

import java.util.Locale;

/** The status of a job. On the wire: the name in lower case. */
public enum JobStatus {
    /** Accepted and durable; no processor has reported yet. */
    QUEUED,
    /** A processor has done its part. */
    PROCESSING,
    /** A processor failed and will try again by itself. */
    RETRYING,
    /** The last sink has confirmed its write. */
    SUCCEEDED,
    /** The job cannot be done, and trying again does not help. */
    FAILED,
    /** The record is in the dead letters. An operator can write it to its topic again. */
    DEAD,
    /** A newer version of the same entity came first. */
    SUPERSEDED,
    /** A caller asked for the job to stop. */
    CANCELED;

    /** {@return whether the job has ended} */
    public boolean isTerminal() {
        return switch (this) {
            case QUEUED, PROCESSING, RETRYING -> false;
            case SUCCEEDED, FAILED, DEAD, SUPERSEDED, CANCELED -> true;
        };
    }

    /** {@return the wire form} */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the status with this wire form} */
    public static JobStatus ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
