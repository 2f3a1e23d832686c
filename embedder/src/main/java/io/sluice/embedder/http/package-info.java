/** Vectors for queries, over HTTP. */
@NullMarked
package io.sluice.embedder.http;

import org.jspecify.annotations.NullMarked;
