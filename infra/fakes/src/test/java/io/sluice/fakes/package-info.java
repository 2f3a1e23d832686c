/** One contract for each store that has a fake. The tests run it with the fake and with the real store. */
@NullMarked
package io.sluice.fakes;

import org.jspecify.annotations.NullMarked;
