/**
 * What every processor stands on: a {@link io.sluice.runtime.Pipeline} says what comes in, what goes out and who does the
 * work; the runtime owns the loop, the outcomes, the retries and the dead letters.
 */
@NullMarked
package io.sluice.runtime;

import org.jspecify.annotations.NullMarked;
