/** The calls for the face of the caller. */
@NullMarked
package io.sluice.client.face;

import org.jspecify.annotations.NullMarked;
