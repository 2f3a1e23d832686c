/** What a request may say, how its points are named, and how it is refused. */
@NullMarked
package io.sluice.qdrant.protocol;

import org.jspecify.annotations.NullMarked;
