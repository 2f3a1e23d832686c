package io.sluice.stores.qdrant;

import io.qdrant.client.grpc.Points.UpdateStatus;

/**
 * Qdrant accepted an update but did not confirm that it is applied. Whether it will be is unknown, so the caller must
 * repeat it.
 */
final class IncompleteUpdateException extends RuntimeException {
    IncompleteUpdateException(UpdateStatus status) {
        super("Qdrant answered " + status + " to an update, not Completed");
    }
}
