/** Sees faces in pictures and says how similar two of them are. */
@NullMarked
package io.sluice.rekognition.face;

import org.jspecify.annotations.NullMarked;
