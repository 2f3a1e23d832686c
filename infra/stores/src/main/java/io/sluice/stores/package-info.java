/** The adapters that several services share; one package for each store, and each vendor's SDK in one of them. */
@NullMarked
package io.sluice.stores;

import org.jspecify.annotations.NullMarked;
