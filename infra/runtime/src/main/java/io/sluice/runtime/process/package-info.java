/** A service as a process of its own: its start, its signals and its stop. */
@NullMarked
package io.sluice.runtime.process;

import org.jspecify.annotations.NullMarked;
