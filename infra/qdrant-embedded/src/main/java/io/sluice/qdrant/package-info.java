/**
 * A stand-in for Qdrant on one machine. It serves Qdrant's gRPC API, scans all vectors in memory, and keeps all changes
 * in a durable journal.
 */
@NullMarked
package io.sluice.qdrant;

import org.jspecify.annotations.NullMarked;
