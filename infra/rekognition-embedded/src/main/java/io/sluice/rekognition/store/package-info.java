/** The collections of faces, in memory and in a journal. */
@NullMarked
package io.sluice.rekognition.store;

import org.jspecify.annotations.NullMarked;
