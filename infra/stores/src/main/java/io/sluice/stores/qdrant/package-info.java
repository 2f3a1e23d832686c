/** Qdrant: the connection, the collections, what errors mean, and the vector store of products over them. */
@NullMarked
package io.sluice.stores.qdrant;

import org.jspecify.annotations.NullMarked;
