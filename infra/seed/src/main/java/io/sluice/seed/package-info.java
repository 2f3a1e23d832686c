/** Random tests that can be replayed: where their numbers come from. */
@NullMarked
package io.sluice.seed;

import org.jspecify.annotations.NullMarked;
