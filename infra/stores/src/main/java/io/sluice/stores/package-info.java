/** The stores that several services share: one package for each entity, over one for each vendor. */
@NullMarked
package io.sluice.stores;

import org.jspecify.annotations.NullMarked;
