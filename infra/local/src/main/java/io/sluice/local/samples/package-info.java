/** Fictitious files to import, for the demo, the benchmarks and the tests. */
@NullMarked
package io.sluice.local.samples;

import org.jspecify.annotations.NullMarked;
