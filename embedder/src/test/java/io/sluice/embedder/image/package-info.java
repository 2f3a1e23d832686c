/** Pixels come out right, and only out of whole images. */
@NullMarked
package io.sluice.embedder.image;

import org.jspecify.annotations.NullMarked;
