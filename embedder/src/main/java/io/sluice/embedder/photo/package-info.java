/** Prepares photos: makes of each a preview and a thumbnail, and finds out its size and when it was taken. */
@NullMarked
package io.sluice.embedder.photo;

import org.jspecify.annotations.NullMarked;
