/** JSON payloads: the paths into them, and the parts of them a reader asks for. */
@NullMarked
package io.sluice.qdrant.payload;

import org.jspecify.annotations.NullMarked;
