package io.sluice.runtime;

/** The failures that every pipeline can have, whatever its handler does. */
public enum RuntimeFailure implements FailureCode {
    /**
     * The value is not JSON, or does not have the shape that the topic declares. Have the sender correct it, or drop
     * the record.
     */
    UNDECODABLE,
    /**
     * The value is JSON of the right shape, but a field holds a value that the contract forbids. The message names the
     * field.
     */
    INVALID_EVENT,
    /** The key is missing, blank, or not UTF-8. Have the sender write the entity's id as the key. */
    INVALID_KEY,
    /** The key is not the id in the value. Have the sender correct whichever is wrong. */
    KEY_MISMATCH,
    /**
     * A derived record lacks a readable {@code x-entity-version}, so it was not written by a Sluice processor. Find its
     * writer.
     */
    VERSION_MISSING,
    /**
     * An event that the handler made cannot be written as JSON, such as a text with half a surrogate pair. Have it
     * corrected.
     */
    UNENCODABLE,
    /**
     * An event is larger than its topic accepts. Shorten the entity, or raise {@code max.message.bytes} of the topic.
     */
    TOO_LARGE,
    /** Kafka does not accept records, so no record can be finished. Bring it back; the pipeline goes on by itself. */
    KAFKA_UNAVAILABLE,
    /**
     * Kafka answers, but refuses a dead letter. Look at the settings of the dead-letter topic, such as
     * {@code max.message.bytes}, and at the rights on it. Nothing is skipped; the pipeline goes on by itself.
     */
    DEAD_LETTERS_REFUSED,
    /**
     * The process ended while it handled this record and no other, more than once: by a native crash, for want of
     * memory, or by kill -9. Look for the cause in the log of the process and of its supervisor (an {@code hs_err} file,
     * an OOM kill). When it is mended, redrive the record.
     */
    CRASHED_PROCESS,
    /** The handler threw an exception that no table knows. Look in the log for it; it may be a defect. */
    UNCLASSIFIED,
}
