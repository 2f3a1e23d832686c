/** Checks uploaded pictures, and refuses those that are not valid or too large. */
@NullMarked
package io.sluice.gateway.image;

import org.jspecify.annotations.NullMarked;
