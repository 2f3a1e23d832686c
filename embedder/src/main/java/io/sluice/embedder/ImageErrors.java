package io.sluice.embedder;

import io.sluice.pictures.decode.ImageRefusedException;
import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Scope;
import io.sluice.runtime.FailureTranslator;
import java.util.Optional;

/**
 * What the decoder's exceptions mean: an image that is refused once is refused for ever, and one that took too long may
 * have met a machine that was busy with something else.
 */
final class ImageErrors implements FailureTranslator {
    @Override
    public Optional<Failure> translate(Throwable thrown) {
        return thrown instanceof ImageRefusedException refused ? Optional.of(meaning(refused)) : Optional.empty();
    }

    private static Failure meaning(ImageRefusedException refused) {
        var code = EmbedderFailure.valueOf(refused.code());
        var detail = String.valueOf(refused.getMessage());
        return code == EmbedderFailure.IMAGE_TOO_SLOW
                ? new Retryable(code, detail, Scope.RECORD, refused)
                : new Fatal(code, detail, refused);
    }
}
