/** Finds where faces are in a decoded picture, without telling whose they are. */
@NullMarked
package io.sluice.pictures.face;

import org.jspecify.annotations.NullMarked;
