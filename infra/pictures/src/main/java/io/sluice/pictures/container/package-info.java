/** Looks at a picture's bytes without decoding them: its format, its size, and whether the file is whole. */
@NullMarked
package io.sluice.pictures.container;

import org.jspecify.annotations.NullMarked;
