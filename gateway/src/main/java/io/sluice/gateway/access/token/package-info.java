/** Tokens: makes access tokens, and finds the account behind the token of a request. */
@NullMarked
package io.sluice.gateway.access.token;

import org.jspecify.annotations.NullMarked;
