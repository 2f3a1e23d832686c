/** Who a request is said to be from. */
@NullMarked
package io.sluice.gateway.principal;

import org.jspecify.annotations.NullMarked;
