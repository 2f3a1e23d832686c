/** Requests taken in: what makes one durable before its caller is told so. */
@NullMarked
package io.sluice.gateway.intake;

import org.jspecify.annotations.NullMarked;
