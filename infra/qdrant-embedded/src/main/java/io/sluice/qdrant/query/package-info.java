/** Queries: nearest neighbors, prefetches and their fusion, and counts by value. */
@NullMarked
package io.sluice.qdrant.query;

import org.jspecify.annotations.NullMarked;
