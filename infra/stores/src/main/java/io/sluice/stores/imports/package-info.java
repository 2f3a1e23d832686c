/** Imports: the ledger of them, the tables their rows are written to, and what became of each row; all in Postgres. */
@NullMarked
package io.sluice.stores.imports;

import org.jspecify.annotations.NullMarked;
