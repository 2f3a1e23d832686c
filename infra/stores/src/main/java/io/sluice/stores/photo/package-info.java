/** Photos: their ledger in Postgres, and what galleries show of them. */
@NullMarked
package io.sluice.stores.photo;

import org.jspecify.annotations.NullMarked;
