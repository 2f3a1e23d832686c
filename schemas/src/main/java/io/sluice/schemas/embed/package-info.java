/** The embedder's HTTP contract: texts and images in, vectors out. */
@NullMarked
package io.sluice.schemas.embed;

import org.jspecify.annotations.NullMarked;
