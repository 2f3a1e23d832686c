/** Tests of the pool: each piece of work runs once, queries before bulk work. */
@NullMarked
package io.sluice.embedder.compute;

import org.jspecify.annotations.NullMarked;
