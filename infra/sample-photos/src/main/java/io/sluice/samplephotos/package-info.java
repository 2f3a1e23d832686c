/** Draws photos of people who do not exist, with a marker on each face that tells a program who it is. */
@NullMarked
package io.sluice.samplephotos;

import org.jspecify.annotations.NullMarked;
