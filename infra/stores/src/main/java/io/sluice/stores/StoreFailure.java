package io.sluice.stores;

import io.sluice.runtime.FailureCode;

/** The ways a store can fail. */
public enum StoreFailure implements FailureCode {
    /**
     * Postgres cannot be reached, is starting, stopping or read-only, or has run out of connections, memory or disk. Look
     * at the server and at {@code DATABASE_URL}; work goes on by itself when it is back.
     */
    POSTGRES_UNAVAILABLE,
    /** Postgres turned us away: check {@code DATABASE_USER}, {@code DATABASE_PASSWORD} and the role's rights. */
    POSTGRES_REFUSED,
    /** The tables are not the ones this version works with: see Flyway's history in {@code flyway_schema_history}. */
    POSTGRES_SCHEMA,
    /** Postgres cannot hold this row, whoever asks: its sender has to mend it. */
    POSTGRES_REJECTED,
    /** Qdrant cannot be reached, did not answer in time, or has run out of something. Work goes on when it is back. */
    QDRANT_UNAVAILABLE,
    /** Qdrant turned us away: check {@code QDRANT_API_KEY}. */
    QDRANT_REFUSED,
    /** The collection is not there; it is made again with the next attempt. If it keeps coming, somebody deletes it. */
    QDRANT_COLLECTION_MISSING,
    /** The server does not know a call we need: it is older than the version asked for. */
    QDRANT_UNSUPPORTED,
    /** Qdrant cannot hold this point, whoever asks: its sender has to mend it. */
    QDRANT_REJECTED,
    /** The object store cannot be reached, did not answer in time, or asks us to slow down. */
    OBJECT_STORE_UNAVAILABLE,
    /** The object store turned us away: check the credentials and the bucket's policy. */
    OBJECT_STORE_REFUSED,
    /** The object store did not accept the request: check bucket, region and endpoint. */
    OBJECT_STORE_REJECTED,
    /** The object a record points to does not exist: its sender has to store it, then send the record again. */
    OBJECT_MISSING,
    /** The object a record points to is larger than we take. */
    OBJECT_TOO_LARGE,
    /** The object's bytes are not the ones its hash promises: its sender has to store it again. */
    OBJECT_CORRUPT,
}
