/** Everything kept in Postgres: the ledger of products and the cache of embeddings, over one schema. */
@NullMarked
package io.sluice.stores.postgres;

import org.jspecify.annotations.NullMarked;
