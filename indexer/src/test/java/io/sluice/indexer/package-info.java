/** Tests of the indexer. */
@NullMarked
package io.sluice.indexer;

import org.jspecify.annotations.NullMarked;
