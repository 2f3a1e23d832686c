/** Stores files, always before the gateway publishes the event that names them. */
@NullMarked
package io.sluice.gateway.shelf;

import org.jspecify.annotations.NullMarked;
