/** Settings that several rooms of the gateway share. */
@NullMarked
package io.sluice.gateway.config;

import org.jspecify.annotations.NullMarked;
