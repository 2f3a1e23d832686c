/** Products as points in Qdrant: a projection of the ledger that can be made anew. */
@NullMarked
package io.sluice.stores.vectors;

import org.jspecify.annotations.NullMarked;
