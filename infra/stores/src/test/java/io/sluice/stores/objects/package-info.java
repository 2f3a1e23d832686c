/** Tests of the adapter in this package. */
@NullMarked
package io.sluice.stores.objects;

import org.jspecify.annotations.NullMarked;
