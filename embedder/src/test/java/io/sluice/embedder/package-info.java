/** The embedder from a product on a topic to its vectors on another. */
@NullMarked
package io.sluice.embedder;

import org.jspecify.annotations.NullMarked;
