/** Signing in: exchanges a password or a refresh token for tokens. */
@NullMarked
package io.sluice.gateway.access.login;

import org.jspecify.annotations.NullMarked;
