/**
 * Imports in Postgres: their ledger, the tables that their rows are written to, and the outcome of each row. {@code
 * ImportCounts} counts the outcomes; the indexer's {@code RowIndexer} reports the counts to the import's job.
 */
@NullMarked
package io.sluice.stores.imports;

import org.jspecify.annotations.NullMarked;
