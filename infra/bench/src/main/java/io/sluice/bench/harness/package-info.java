/** Measuring: rounds on a machine that is watched, figures with their spread, and reports. */
@NullMarked
package io.sluice.bench.harness;

import org.jspecify.annotations.NullMarked;
