/** Tests of how a benchmark measures. */
@NullMarked
package io.sluice.bench.harness;

import org.jspecify.annotations.NullMarked;
