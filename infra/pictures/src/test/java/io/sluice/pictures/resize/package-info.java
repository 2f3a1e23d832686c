/** Resizing against a reference that shares nothing with it. */
@NullMarked
package io.sluice.pictures.resize;

import org.jspecify.annotations.NullMarked;
