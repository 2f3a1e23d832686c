/** Files to import that nobody's data went into, for the demo, the benchmarks and the tests. */
@NullMarked
package io.sluice.local.samples;

import org.jspecify.annotations.NullMarked;
