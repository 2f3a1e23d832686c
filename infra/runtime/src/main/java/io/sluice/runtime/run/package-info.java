/** Builds pipelines, and runs those of a service from its start to its stop. */
@NullMarked
package io.sluice.runtime.run;

import org.jspecify.annotations.NullMarked;
