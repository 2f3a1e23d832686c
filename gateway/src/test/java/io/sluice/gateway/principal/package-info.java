/** Tests of the sender of a request. */
@NullMarked
package io.sluice.gateway.principal;

import org.jspecify.annotations.NullMarked;
