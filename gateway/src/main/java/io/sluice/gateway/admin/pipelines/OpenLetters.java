package io.sluice.gateway.admin.pipelines;

import io.sluice.stores.letters.LetterTable;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The numbers of open dead letters. */
@Singleton
final class OpenLetters {
    private static final Logger LOG = LoggerFactory.getLogger(OpenLetters.class);

    private final LetterTable letters;

    OpenLetters(LetterTable letters) {
        this.letters = letters;
    }

    /** {@return how many letters of each processor are open; empty while Postgres does not answer} */
    Optional<Map<String, Long>> byProcessor() {
        try {
            return Optional.of(letters.openByPipeline());
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("open dead letters are not known");
            return Optional.empty();
        }
    }
}
