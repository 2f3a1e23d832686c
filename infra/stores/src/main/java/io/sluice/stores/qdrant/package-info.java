/** Qdrant: connection, collections, error translation, and the vector store of products. */
@NullMarked
package io.sluice.stores.qdrant;

import org.jspecify.annotations.NullMarked;
