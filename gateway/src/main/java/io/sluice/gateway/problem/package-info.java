/** Problems that any call of the gateway can end with. */
@NullMarked
package io.sluice.gateway.problem;

import org.jspecify.annotations.NullMarked;
