/** Benchmarks. Each one measures a promise of the design with a real Sluice and compares it with a target. */
@NullMarked
package io.sluice.bench;

import org.jspecify.annotations.NullMarked;
