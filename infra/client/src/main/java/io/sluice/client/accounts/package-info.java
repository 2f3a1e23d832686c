/** Signing in, and the calls for users and API keys. */
@NullMarked
package io.sluice.client.accounts;

import org.jspecify.annotations.NullMarked;
