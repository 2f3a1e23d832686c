/** The OpenAPI document, held to what the gateway reads. */
@NullMarked
package io.sluice.gateway.docs;

import org.jspecify.annotations.NullMarked;
