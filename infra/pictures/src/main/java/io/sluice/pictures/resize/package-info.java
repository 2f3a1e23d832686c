/** Resizes decoded pixels by the arithmetic of Pillow. */
@NullMarked
package io.sluice.pictures.resize;

import org.jspecify.annotations.NullMarked;
