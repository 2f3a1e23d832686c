/** Tests of the adapter in this package. */
@NullMarked
package io.sluice.stores.vectors;

import org.jspecify.annotations.NullMarked;
