package io.sluice.stores;

import io.sluice.runtime.FailureCode;

/** The failure codes of the stores. */
public enum StoreFailure implements FailureCode {
    /**
     * Postgres cannot be reached, is starting, stopping or read-only, has run out of connections, memory or disk, or
     * ended the statement (deadlock, timeout). Look at the server and at {@code DATABASE_URL}. Work continues by itself
     * when Postgres is back.
     */
    POSTGRES_UNAVAILABLE,
    /**
     * Postgres refused the login or the access to a table: check {@code DATABASE_USER}, {@code DATABASE_PASSWORD} and
     * the rights of the role.
     */
    POSTGRES_REFUSED,
    /**
     * The tables are not those that this version needs. Look at the history of migrations in
     * {@code flyway_schema_history}.
     */
    POSTGRES_SCHEMA,
    /** Postgres cannot store this row. The sender has to correct it. */
    POSTGRES_REJECTED,
    /**
     * Qdrant cannot be reached, did not answer in time, failed, or has run out of memory or disk. Work continues by
     * itself when Qdrant is back.
     */
    QDRANT_UNAVAILABLE,
    /** Qdrant denied access: check {@code QDRANT_API_KEY}. */
    QDRANT_REFUSED,
    /**
     * The collection does not exist. The next attempt creates it. If this code comes back again and again, another
     * program deletes the collection.
     */
    QDRANT_COLLECTION_MISSING,
    /** Qdrant does not know a call that Sluice needs: its version is too old. */
    QDRANT_UNSUPPORTED,
    /** Qdrant cannot store this point. The sender has to correct it. */
    QDRANT_REJECTED,
    /**
     * The object store cannot be reached, did not answer in time, failed, or asks for fewer requests; or no credentials
     * were found.
     */
    OBJECT_STORE_UNAVAILABLE,
    /** The object store denied access: check the credentials and the policy of the bucket. */
    OBJECT_STORE_REFUSED,
    /** The object store rejected the request: check bucket, region and endpoint. */
    OBJECT_STORE_REJECTED,
    /** The object that a record points to does not exist. The sender has to store it, then send the record again. */
    OBJECT_MISSING,
    /** The object that a record points to is larger than Sluice accepts. */
    OBJECT_TOO_LARGE,
    /**
     * The bytes of the object do not have the SHA-256 that the record names. The sender has to store the object again.
     */
    OBJECT_CORRUPT,
}
