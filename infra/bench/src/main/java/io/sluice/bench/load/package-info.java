/** What benchmarks work on: models, texts and pictures that mean nothing and cost what the real ones do. */
@NullMarked
package io.sluice.bench.load;

import org.jspecify.annotations.NullMarked;
