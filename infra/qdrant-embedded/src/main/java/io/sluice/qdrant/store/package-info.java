/** Collections, aliases and points. The state is in memory, and every change of it is in the journal. */
@NullMarked
package io.sluice.qdrant.store;

import org.jspecify.annotations.NullMarked;
