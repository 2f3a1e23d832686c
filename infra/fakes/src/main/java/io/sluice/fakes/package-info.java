/** Stores in memory, for tests; contract tests hold each of them and the real one to the same behavior. */
@NullMarked
package io.sluice.fakes;

import org.jspecify.annotations.NullMarked;
