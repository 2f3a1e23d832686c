/** Tests of the ledger of photos. */
@NullMarked
package io.sluice.stores.photo;

import org.jspecify.annotations.NullMarked;
