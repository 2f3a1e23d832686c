/** Products: their ledger in Postgres, which decides the newest version of each, and the port of the vector store. */
@NullMarked
package io.sluice.stores.product;

import org.jspecify.annotations.NullMarked;
