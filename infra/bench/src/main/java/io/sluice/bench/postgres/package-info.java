/** Postgres without our code, to compare with. */
@NullMarked
package io.sluice.bench.postgres;

import org.jspecify.annotations.NullMarked;
