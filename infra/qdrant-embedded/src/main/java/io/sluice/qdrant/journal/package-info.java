/** The append-only file that is the truth of the store. */
@NullMarked
package io.sluice.qdrant.journal;

import org.jspecify.annotations.NullMarked;
