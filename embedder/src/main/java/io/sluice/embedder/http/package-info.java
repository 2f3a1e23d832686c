/** The HTTP calls that make vectors of queries. */
@NullMarked
package io.sluice.embedder.http;

import org.jspecify.annotations.NullMarked;
