/** A service as a process of its own: how it is told to stop, and how it does. */
@NullMarked
package io.sluice.runtime.process;

import org.jspecify.annotations.NullMarked;
