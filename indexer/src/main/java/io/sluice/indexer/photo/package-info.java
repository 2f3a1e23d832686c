/** The indexer's work on photos: their rows in the ledger, and the removal of objects that no photo names. */
@NullMarked
package io.sluice.indexer.photo;

import org.jspecify.annotations.NullMarked;
