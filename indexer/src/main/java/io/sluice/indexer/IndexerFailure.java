package io.sluice.indexer;

import io.sluice.runtime.FailureCode;

/** The ways indexing can fail that are not a store's. */
public enum IndexerFailure implements FailureCode {
    /**
     * The vectors do not fit the index: a model's output changed under the same name. Delete the
     * collection, and set the indexer's consumer group back to the beginning of the vectors topic to build it anew.
     */
    INDEX_MISMATCH,
}
