package io.sluice.rekognizer;

import io.sluice.runtime.Failure;
import io.sluice.runtime.FailureTranslator;
import java.util.Optional;

/** Finds the failure in the exceptions of a {@link FaceService}, also when they are the cause of others. */
public final class FaceServiceErrors implements FailureTranslator {
    @Override
    public Optional<Failure> translate(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof FaceServiceException e) {
                return Optional.of(e.failure());
            }
        }
        return Optional.empty();
    }
}
