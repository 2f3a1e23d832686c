/** Tests of the tables of faces. */
@NullMarked
package io.sluice.stores.face;

import org.jspecify.annotations.NullMarked;
