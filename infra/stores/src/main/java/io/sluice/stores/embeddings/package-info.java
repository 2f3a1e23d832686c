/** The cache of computed vectors, by content and model. */
@NullMarked
package io.sluice.stores.embeddings;

import org.jspecify.annotations.NullMarked;
