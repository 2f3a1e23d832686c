/** Looks at an image's bytes without decoding it: what it is, how large, and whether it is whole. */
@NullMarked
package io.sluice.images;

import org.jspecify.annotations.NullMarked;
