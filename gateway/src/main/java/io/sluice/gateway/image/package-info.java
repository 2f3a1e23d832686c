/** Pictures at the door: which are let in. */
@NullMarked
package io.sluice.gateway.image;

import org.jspecify.annotations.NullMarked;
