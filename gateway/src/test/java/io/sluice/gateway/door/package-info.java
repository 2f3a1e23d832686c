/** Tests of who may make which call. */
@NullMarked
package io.sluice.gateway.door;

import org.jspecify.annotations.NullMarked;
