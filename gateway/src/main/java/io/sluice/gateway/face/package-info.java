/** The face that a user enrolls to be found in photos: consent, the selfie, and its deletion. */
@NullMarked
package io.sluice.gateway.face;

import org.jspecify.annotations.NullMarked;
