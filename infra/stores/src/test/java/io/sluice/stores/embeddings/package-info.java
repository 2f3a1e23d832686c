/** Tests of the cache of embeddings. */
@NullMarked
package io.sluice.stores.embeddings;

import org.jspecify.annotations.NullMarked;
