/** The append-only file from which the store's state is read at start. */
@NullMarked
package io.sluice.qdrant.journal;

import org.jspecify.annotations.NullMarked;
