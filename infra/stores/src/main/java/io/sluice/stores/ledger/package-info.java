/** The ledger of products in Postgres: the authority on what is known, in which version. */
@NullMarked
package io.sluice.stores.ledger;

import org.jspecify.annotations.NullMarked;
