/** Products: the ledger of them in Postgres, the authority on which version is the newest, and the port of the vector store. */
@NullMarked
package io.sluice.stores.product;

import org.jspecify.annotations.NullMarked;
