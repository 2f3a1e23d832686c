/** Runs {@code ./sluice} verbs as processes of their own, for benchmarks and end-to-end tests. */
@NullMarked
package io.sluice.local.process;

import org.jspecify.annotations.NullMarked;
