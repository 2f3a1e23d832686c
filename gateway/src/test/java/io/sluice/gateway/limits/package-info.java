/** Tests of the rate limits. */
@NullMarked
package io.sluice.gateway.limits;

import org.jspecify.annotations.NullMarked;
