package io.sluice.stores.letters;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record of a dead-letter topic, without its value. Names of topics and groups are without the deployment's prefix.
 *
 * @param origin the record that failed
 * @param key for people; null when the record has none
 * @param failedAt the timestamp of the record
 * @param redrives how often the record says that it was sent back
 * @param version the version of its entity, if it has one
 * @param sentBackFrom the letter that an edited record replaces; null when the record was not edited
 */
public record FailedRecord(
        LetterId id,
        Origin origin,
        String pipeline,
        @Nullable String key,
        Reason reason,
        @Nullable Instant firstFailedAt,
        Instant failedAt,
        int redrives,
        @Nullable Long version,
        @Nullable String jobId,
        @Nullable LetterId sentBackFrom) {

    /** The position of a record, and the consumer group that gave it up. */
    public record Origin(String topic, int partition, long offset, String group) {}

    /**
     * Why a record failed.
     *
     * @param message for people
     */
    public record Reason(String code, String message, int attempts) {}
}
