/** Tests of the adapter in this package. */
@NullMarked
package io.sluice.stores.postgres;

import org.jspecify.annotations.NullMarked;
