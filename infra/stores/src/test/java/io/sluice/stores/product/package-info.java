/** Tests of the ledger of products. */
@NullMarked
package io.sluice.stores.product;

import org.jspecify.annotations.NullMarked;
