/** Imports in Postgres: their ledger, the tables that their rows are written to, and the outcome of each row. */
@NullMarked
package io.sluice.stores.imports;

import org.jspecify.annotations.NullMarked;
