/** Accepts requests: Kafka stores a request's event and job before the caller gets the answer. */
@NullMarked
package io.sluice.gateway.intake;

import org.jspecify.annotations.NullMarked;
