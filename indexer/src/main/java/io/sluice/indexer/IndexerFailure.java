package io.sluice.indexer;

import io.sluice.runtime.FailureCode;

/** The ways indexing can fail that are not a store's. */
public enum IndexerFailure implements FailureCode {
    /**
     * The vectors do not fit the index: a model's output changed under the same name. Delete the
     * collection, and set the indexer's consumer group back to the beginning of the vectors topic to build it anew.
     */
    INDEX_MISMATCH,
    /** A row that is part of no import breaks the rules of its kind, as the detail says. Have its sender correct it. */
    ROW_INVALID,
    /** A record on import-rows.v1 has no value; rows are not deleted by events. Find who writes it. */
    ROW_DELETED,
    /**
     * A row names an import that is not in the table {@code imports}: it was made up, or the database is older than the
     * topic. Write the import's record to imports.v1 again, or have the sender leave import_id out.
     */
    IMPORT_UNKNOWN,
}
