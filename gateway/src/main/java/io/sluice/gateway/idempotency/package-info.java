/** Calls that are sent again: the same key is the same job. */
@NullMarked
package io.sluice.gateway.idempotency;

import org.jspecify.annotations.NullMarked;
