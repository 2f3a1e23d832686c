/** The gRPC services, each method a translation between the wire and the store. */
@NullMarked
package io.sluice.qdrant.api;

import org.jspecify.annotations.NullMarked;
