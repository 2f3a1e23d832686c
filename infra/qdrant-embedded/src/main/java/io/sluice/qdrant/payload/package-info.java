/** JSON payloads: paths into them, and the parts of them that a reader asked for. */
@NullMarked
package io.sluice.qdrant.payload;

import org.jspecify.annotations.NullMarked;
