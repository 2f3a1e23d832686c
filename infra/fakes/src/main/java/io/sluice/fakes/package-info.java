/** Stores in memory, for tests. Contract tests check that each of them behaves like the real store. */
@NullMarked
package io.sluice.fakes;

import org.jspecify.annotations.NullMarked;
