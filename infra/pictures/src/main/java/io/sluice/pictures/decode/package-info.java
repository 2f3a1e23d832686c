/** From the bytes of a picture's file to pixels; the only package that imports OpenCV. */
@NullMarked
package io.sluice.pictures.decode;

import org.jspecify.annotations.NullMarked;
