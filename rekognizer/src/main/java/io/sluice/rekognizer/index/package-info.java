/** The faces of an image at the provider: found once, and removed with the last reference to the image. */
@NullMarked
package io.sluice.rekognizer.index;

import org.jspecify.annotations.NullMarked;
