/** Converts pictures from the colors of their profile to sRGB. */
@NullMarked
package io.sluice.pictures.color;

import org.jspecify.annotations.NullMarked;
