/** Whole images pass; anything else is refused by name. */
@NullMarked
package io.sluice.images;

import org.jspecify.annotations.NullMarked;
