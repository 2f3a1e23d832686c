package io.sluice.embedder;

import io.sluice.pictures.decode.ImageRefusedException;
import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Scope;
import io.sluice.runtime.FailureTranslator;
import java.util.Optional;

/**
 * Translates the decoder's exceptions. A refused image is fatal, because the decoder will always refuse it. An image
 * that took too long is retried, because the machine may have been busy.
 */
final class ImageErrors implements FailureTranslator {
    @Override
    public Optional<Failure> translate(Throwable thrown) {
        return thrown instanceof ImageRefusedException refused ? Optional.of(failureOf(refused)) : Optional.empty();
    }

    private static Failure failureOf(ImageRefusedException refused) {
        var code = EmbedderFailure.valueOf(refused.code());
        var detail = String.valueOf(refused.getMessage());
        return code == EmbedderFailure.IMAGE_TOO_SLOW
                ? new Retryable(code, detail, Scope.RECORD, refused)
                : new Fatal(code, detail, refused);
    }
}
