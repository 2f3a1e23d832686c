/** Pictures at the door: what is let in, and where it is kept. */
@NullMarked
package io.sluice.gateway.image;

import org.jspecify.annotations.NullMarked;
