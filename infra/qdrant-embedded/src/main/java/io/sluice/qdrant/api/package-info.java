/** The gRPC services. Each method translates between protocol messages and the store. */
@NullMarked
package io.sluice.qdrant.api;

import org.jspecify.annotations.NullMarked;
