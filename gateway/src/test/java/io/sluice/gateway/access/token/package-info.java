/** Tests of tokens. */
@NullMarked
package io.sluice.gateway.access.token;

import org.jspecify.annotations.NullMarked;
