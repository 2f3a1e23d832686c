/** Work is done once, in order of who waits for it. */
@NullMarked
package io.sluice.embedder.compute;

import org.jspecify.annotations.NullMarked;
