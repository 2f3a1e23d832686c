/** Accounts: users, and the API keys of machines. */
@NullMarked
package io.sluice.stores.accounts;

import org.jspecify.annotations.NullMarked;
