/** Decodes the bytes of an image file to pixels; the only package that imports OpenCV. */
@NullMarked
package io.sluice.pictures.decode;

import org.jspecify.annotations.NullMarked;
