/**
 * The base of every processor. A {@link io.sluice.runtime.Pipeline} declares a processor's input, output and handler.
 * The runtime owns the poll loop, the outcomes, the retries and the dead letters.
 */
@NullMarked
package io.sluice.runtime;

import org.jspecify.annotations.NullMarked;
