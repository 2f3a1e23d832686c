/** Whole images pass; anything else is refused by name. */
@NullMarked
package io.sluice.pictures.container;

import org.jspecify.annotations.NullMarked;
