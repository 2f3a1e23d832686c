/** Tests that the OpenAPI document agrees with the fields that the gateway reads. */
@NullMarked
package io.sluice.gateway.docs;

import org.jspecify.annotations.NullMarked;
