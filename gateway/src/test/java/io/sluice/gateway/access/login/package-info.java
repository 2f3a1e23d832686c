/** Tests of signing in. */
@NullMarked
package io.sluice.gateway.access.login;

import org.jspecify.annotations.NullMarked;
