/** Tests of finding faces. */
@NullMarked
package io.sluice.pictures.face;

import org.jspecify.annotations.NullMarked;
