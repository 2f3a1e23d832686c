/** Pixels come out right, and only out of whole images. */
@NullMarked
package io.sluice.pictures.decode;

import org.jspecify.annotations.NullMarked;
