/** Tests of the stores of imports. */
@NullMarked
package io.sluice.stores.imports;

import org.jspecify.annotations.NullMarked;
