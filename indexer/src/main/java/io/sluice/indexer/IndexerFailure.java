package io.sluice.indexer;

import io.sluice.runtime.FailureCode;

/** The failure codes of the indexer itself; {@link io.sluice.stores.StoreFailure} has those of the stores. */
public enum IndexerFailure implements FailureCode {
    /**
     * The vectors do not fit the index: the output of a model changed under the same name. To build the index again,
     * delete its collection, and set the consumer group of the indexer back to the beginning of the vectors topic.
     */
    INDEX_MISMATCH,
    /**
     * A row that belongs to no import breaks the rules of its kind; the detail says which. The sender has to correct
     * it.
     */
    ROW_INVALID,
    /** A record on import-rows.v1 has no value, but rows are not deleted by events. Find its sender. */
    ROW_DELETED,
    /**
     * A row names an import that is not in the table {@code imports}: the sender invented the id, or the database is
     * older than the topic. Write the record of the import to imports.v1 again, or have the sender leave out import_id.
     */
    IMPORT_UNKNOWN,
}
