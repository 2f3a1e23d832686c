/** Seeds for random tests, so that a failed run can be replayed. */
@NullMarked
package io.sluice.seed;

import org.jspecify.annotations.NullMarked;
