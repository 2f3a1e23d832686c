package io.sluice.rekognizer.index;

import io.sluice.rekognizer.FaceServiceException;
import io.sluice.rekognizer.RekognizerFailure;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Scope;
import io.sluice.runtime.Waiting;
import io.sluice.stores.face.FaceResults;
import java.time.Duration;

/** Waits in place for another process that works on the same image: until its lease is over, and a little longer. */
final class Waits {
    private static final Duration EACH = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(FaceResults.LEASE + 5L);

    private Duration waited = Duration.ZERO;

    /** @throws FaceServiceException when it has waited long enough; the record is tried again later */
    void oneMore() {
        waited = waited.plus(EACH);
        if (waited.compareTo(PATIENCE) > 0) {
            throw new FaceServiceException(new Retryable(
                    RekognizerFailure.PICTURE_BUSY,
                    "another rekognizer works on the same picture; it is tried again",
                    Scope.RECORD));
        }
        try {
            var _ = Waiting.until(() -> false, EACH, EACH);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while another rekognizer works on the same picture", e);
        }
    }
}
