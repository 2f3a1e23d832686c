package io.sluice.indexer;

import io.sluice.runtime.FailureCode;

/** The ways indexing can fail that are not a store's. */
public enum IndexerFailure implements FailureCode {
    /**
     * The vectors do not fit the index: a model's output changed under the same name. Build another index, by setting
     * {@code SLUICE_INDEX} to the next number for embedder and indexer, or delete the collection to build it anew.
     */
    INDEX_MISMATCH,
}
