package io.sluice.embedder;

import io.sluice.pictures.container.Inspection.Code;
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
public final class ImageErrors implements FailureTranslator {
    @Override
    public Optional<Failure> translate(Throwable thrown) {
        return thrown instanceof ImageRefusedException refused ? Optional.of(failureOf(refused)) : Optional.empty();
    }

    private static Failure failureOf(ImageRefusedException refused) {
        var detail = String.valueOf(refused.getMessage());
        var code = codeOf(refused.code());
        return code == EmbedderFailure.IMAGE_TOO_SLOW
                ? new Retryable(code, detail, Scope.RECORD, refused)
                : new Fatal(code, detail, refused);
    }

    private static EmbedderFailure codeOf(Code code) {
        return switch (code) {
            case IMAGE_EMPTY -> EmbedderFailure.IMAGE_EMPTY;
            case IMAGE_TOO_LARGE -> EmbedderFailure.IMAGE_TOO_LARGE;
            case IMAGE_FORMAT_UNSUPPORTED -> EmbedderFailure.IMAGE_FORMAT_UNSUPPORTED;
            case IMAGE_MALFORMED -> EmbedderFailure.IMAGE_MALFORMED;
            case IMAGE_TRUNCATED -> EmbedderFailure.IMAGE_TRUNCATED;
            case IMAGE_TOO_MANY_PIXELS -> EmbedderFailure.IMAGE_TOO_MANY_PIXELS;
            case IMAGE_TOO_COMPLEX -> EmbedderFailure.IMAGE_TOO_COMPLEX;
            case IMAGE_UNDECODABLE -> EmbedderFailure.IMAGE_UNDECODABLE;
            case IMAGE_TOO_SLOW -> EmbedderFailure.IMAGE_TOO_SLOW;
        };
    }
}
