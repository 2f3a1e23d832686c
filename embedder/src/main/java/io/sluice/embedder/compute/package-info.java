/** Computes vectors on a fixed number of threads, by default one for each core, queries first, and products and photos in turns. */
@NullMarked
package io.sluice.embedder.compute;

import org.jspecify.annotations.NullMarked;
