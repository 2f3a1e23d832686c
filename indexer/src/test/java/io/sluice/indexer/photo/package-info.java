/** Tests of the indexer's work on photos. */
@NullMarked
package io.sluice.indexer.photo;

import org.jspecify.annotations.NullMarked;
