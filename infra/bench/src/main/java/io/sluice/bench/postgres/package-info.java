/** Postgres without us in between, to be compared with. */
@NullMarked
package io.sluice.bench.postgres;

import org.jspecify.annotations.NullMarked;
