/**
 * The stores that several services share: packages for products, imports, embeddings and objects, and for the vendors
 * Postgres and Qdrant.
 */
@NullMarked
package io.sluice.stores;

import org.jspecify.annotations.NullMarked;
