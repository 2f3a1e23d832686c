package io.sluice.embedder;

import io.sluice.embedder.image.ImageRefusedException;
import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.FailureTranslator;
import java.util.Optional;

/** What the decoder's exceptions mean: an image that is refused once is refused for ever. */
final class ImageErrors implements FailureTranslator {
    @Override
    public Optional<Failure> translate(Throwable thrown) {
        return thrown instanceof ImageRefusedException refused
                ? Optional.of(new Fatal(
                        EmbedderFailure.valueOf(refused.code()), String.valueOf(refused.getMessage()), refused))
                : Optional.empty();
    }
}
