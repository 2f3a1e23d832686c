package io.sluice.schemas.job;

import java.util.Locale;

/** Where a job stands. On the wire: the name in lower case. */
public enum JobStatus {
    /** Accepted and durable; no processor has reported yet. */
    QUEUED,
    /** A processor has done its part. */
    PROCESSING,
    /** A processor failed and will try again by itself. */
    RETRYING,
    /** The last sink has confirmed its write. */
    SUCCEEDED,
    /** It cannot be done, and trying again will not help. */
    FAILED,
    /** The record is in the dead letters, from where an operator can send it again. */
    DEAD,
    /** A newer version of the same entity was there first. */
    SUPERSEDED,
    /** Somebody asked for it to stop. */
    CANCELED;

    /** {@return whether nothing more will happen, unless an operator redrives it} */
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
