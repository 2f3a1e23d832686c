/** Settings that several packages of the gateway share. */
@NullMarked
package io.sluice.gateway.config;

import org.jspecify.annotations.NullMarked;
