package io.sluice.runtime;

/** The ways to fail that every pipeline shares, whatever its handler does. */
public enum RuntimeFailure implements FailureCode {
    /** The value is not JSON, or not of the topic's shape. Have the sender correct it, or drop the record. */
    UNDECODABLE,
    /** The value is JSON of the right shape, but a field holds what the contract forbids; the message names it. */
    INVALID_EVENT,
    /** The key is missing, blank, or not UTF-8. Have the sender write the entity's id as the key. */
    INVALID_KEY,
    /** The key is not the id in the value. Have the sender correct whichever is wrong. */
    KEY_MISMATCH,
    /** A derived record lacks a readable {@code x-entity-version}: something other than a Sluice processor wrote it. */
    VERSION_MISSING,
    /** What the handler made cannot be written as JSON, such as a text with half a surrogate pair. Have it corrected. */
    UNENCODABLE,
    /** What the handler made is larger than its topic takes. Shorten the entity, or raise {@code max.message.bytes}. */
    TOO_LARGE,
    /** Kafka does not take records, so nothing can be finished. Bring it back; the pipeline goes on by itself. */
    KAFKA_UNAVAILABLE,
    /** The handler threw what no table knows. Look in the log for the exception; it may be a defect. */
    UNCLASSIFIED,
}
