/** From an image file to pixels of the size a model wants; the only package that touches OpenCV. */
@NullMarked
package io.sluice.embedder.image;

import org.jspecify.annotations.NullMarked;
