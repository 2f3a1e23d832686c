/** Imports and what became of their rows. */
@NullMarked
package io.sluice.stores.imports;

import org.jspecify.annotations.NullMarked;
