/** How a benchmark measures: rounds on a machine that is watched, figures with their spread, a report. */
@NullMarked
package io.sluice.bench.harness;

import org.jspecify.annotations.NullMarked;
