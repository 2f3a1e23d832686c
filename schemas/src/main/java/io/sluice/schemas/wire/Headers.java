package io.sluice.schemas.wire;

/** Header names. Every header is UTF-8 text. */
public final class Headers {
    /** The job a record belongs to; absent on records written by upstream systems. */
    public static final String JOB_ID = "x-job-id";

    /**
     * Version of the entity (see {@link EntityVersion}), on every record that a processor makes of an entity, and on
     * its dead letters.
     */
    public static final String ENTITY_VERSION = "x-entity-version";

    /** Topic that the record was first read from. */
    public static final String ORIG_TOPIC = "x-orig-topic";

    /** Partition that the record was first read from. */
    public static final String ORIG_PARTITION = "x-orig-partition";

    /** Offset that the record was first read at. */
    public static final String ORIG_OFFSET = "x-orig-offset";

    /** Timestamp of the original record, milliseconds since the epoch. */
    public static final String ORIG_TIMESTAMP = "x-orig-timestamp";

    /** Failure code, such as {@code UNDECODABLE}. */
    public static final String ERROR_CLASS = "x-error-class";

    /** Class name of the exception that caused the failure; absent when there was none. */
    public static final String ERROR_TYPE = "x-error-type";

    /** What went wrong, in words, at most {@value #MAX_ERROR_MESSAGE} characters. */
    public static final String ERROR_MESSAGE = "x-error-message";

    /** How many attempts were made. */
    public static final String ATTEMPT = "x-attempt";

    /** When the record failed first, ISO-8601. */
    public static final String FIRST_FAILED_AT = "x-first-failed-at";

    /** Consumer group that gave the record up. */
    public static final String CONSUMER_GROUP = "x-consumer-group";

    /** How often the record was sent back from the dead letters. */
    public static final String REDRIVE_COUNT = "x-redrive-count";

    /** When a record of a retry topic may be handled, milliseconds since the epoch. */
    public static final String NOT_BEFORE = "x-not-before";

    /**
     * On a record that comes back from a retry topic or the dead letters, and on what is made of it: newer records of its
     * key may already have passed it. The value is {@code true}.
     */
    public static final String OUT_OF_TURN = "x-out-of-turn";

    /**
     * The dead letter that a record was sent back from, {@code <dead-letter topic>/<partition>-<offset>}; also on what is
     * made of the record.
     */
    public static final String LETTER = "x-letter";

    /** Maximum length of {@link #ERROR_MESSAGE}. */
    public static final int MAX_ERROR_MESSAGE = 512;

    private Headers() {}
}
