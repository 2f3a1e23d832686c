/** Tests of accounts against a real Postgres. */
@NullMarked
package io.sluice.stores.accounts;

import org.jspecify.annotations.NullMarked;
