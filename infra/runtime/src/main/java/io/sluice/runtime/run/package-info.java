/** Starts the pipelines of a service at its start, and stops them at its stop. */
@NullMarked
package io.sluice.runtime.run;

import org.jspecify.annotations.NullMarked;
