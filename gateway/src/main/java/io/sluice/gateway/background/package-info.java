/** Work that a gateway does now and then, without a request. */
@NullMarked
package io.sluice.gateway.background;

import org.jspecify.annotations.NullMarked;
