/** The letters of the dead-letter topics, and what was done with them, in Postgres. */
@NullMarked
package io.sluice.stores.letters;

import org.jspecify.annotations.NullMarked;
