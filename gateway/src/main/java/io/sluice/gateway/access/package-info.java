/** Accounts: signing in, the tokens of requests, and managing users and API keys. */
@NullMarked
package io.sluice.gateway.access;

import org.jspecify.annotations.NullMarked;
