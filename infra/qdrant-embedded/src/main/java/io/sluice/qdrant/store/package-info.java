/** Collections, aliases and points: a state in memory that changes only by what the journal holds. */
@NullMarked
package io.sluice.qdrant.store;

import org.jspecify.annotations.NullMarked;
