/** Reads the drawn photos as other programs do. */
@NullMarked
package io.sluice.samplephotos;

import org.jspecify.annotations.NullMarked;
