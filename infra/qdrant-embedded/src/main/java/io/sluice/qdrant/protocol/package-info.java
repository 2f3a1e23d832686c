/** The rules for requests: supported fields, bounds, point ids, and rejections. */
@NullMarked
package io.sluice.qdrant.protocol;

import org.jspecify.annotations.NullMarked;
