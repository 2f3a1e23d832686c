/** Tests of the adapter in this package. */
@NullMarked
package io.sluice.stores.qdrant;

import org.jspecify.annotations.NullMarked;
