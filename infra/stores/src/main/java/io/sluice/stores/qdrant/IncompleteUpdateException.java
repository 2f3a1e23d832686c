package io.sluice.stores.qdrant;

import io.qdrant.client.grpc.Points.UpdateStatus;

/** Qdrant took an update but did not say that it is applied. Whether it will be is unknown, so it has to be repeated. */
final class IncompleteUpdateException extends RuntimeException {
    IncompleteUpdateException(UpdateStatus status) {
        super("Qdrant answered " + status + " to an update, not Completed");
    }
}
