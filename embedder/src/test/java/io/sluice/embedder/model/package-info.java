/** Vectors mean what they should, and the same every time. */
@NullMarked
package io.sluice.embedder.model;

import org.jspecify.annotations.NullMarked;
