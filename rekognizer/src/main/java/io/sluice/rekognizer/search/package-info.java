/** Whose face it is: searches in the collection, and the matches that follow from them. */
@NullMarked
package io.sluice.rekognizer.search;

import org.jspecify.annotations.NullMarked;
