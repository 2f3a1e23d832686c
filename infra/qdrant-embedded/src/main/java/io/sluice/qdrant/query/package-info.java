/** Reading: nearest neighbors, prefetches and their fusion, counts by value. */
@NullMarked
package io.sluice.qdrant.query;

import org.jspecify.annotations.NullMarked;
