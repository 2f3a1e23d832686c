/** Rate limits: how often one caller may do something within a minute. */
@NullMarked
package io.sluice.gateway.limits;

import org.jspecify.annotations.NullMarked;
