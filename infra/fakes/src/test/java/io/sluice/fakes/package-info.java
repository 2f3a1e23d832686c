/** One contract for each store that has a fake, run against the fake and against the real one. */
@NullMarked
package io.sluice.fakes;

import org.jspecify.annotations.NullMarked;
