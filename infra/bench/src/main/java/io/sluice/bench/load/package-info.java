/** Input for benchmarks: models, texts and pictures that mean nothing and cost as much as real ones. */
@NullMarked
package io.sluice.bench.load;

import org.jspecify.annotations.NullMarked;
