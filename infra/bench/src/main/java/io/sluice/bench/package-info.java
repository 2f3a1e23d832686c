/** Benchmarks: each measures one promise of the design against a real Sluice, and says how far it is from its target. */
@NullMarked
package io.sluice.bench;

import org.jspecify.annotations.NullMarked;
