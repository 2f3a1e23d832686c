/** Tests of indexing and forgetting the faces of images. */
@NullMarked
package io.sluice.rekognizer.index;

import org.jspecify.annotations.NullMarked;
