/** A stand-in for Qdrant on one machine: its gRPC API over an exact scan in memory and a durable journal. */
@NullMarked
package io.sluice.qdrant;

import org.jspecify.annotations.NullMarked;
