/** Idempotency keys: a call that is sent again with the same key gets the same job. */
@NullMarked
package io.sluice.gateway.idempotency;

import org.jspecify.annotations.NullMarked;
