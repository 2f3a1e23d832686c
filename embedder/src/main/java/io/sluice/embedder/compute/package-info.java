/** Computes vectors on a fixed number of threads, by default one for each core, and queries before bulk work. */
@NullMarked
package io.sluice.embedder.compute;

import org.jspecify.annotations.NullMarked;
