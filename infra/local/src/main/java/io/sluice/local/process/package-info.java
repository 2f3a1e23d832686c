/** Runs {@code ./sluice} verbs as processes of their own, for the benchmarks and the tests of the whole. */
@NullMarked
package io.sluice.local.process;

import org.jspecify.annotations.NullMarked;
