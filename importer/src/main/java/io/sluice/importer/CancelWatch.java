package io.sluice.importer;

import io.sluice.stores.imports.ImportLedger;
import io.sluice.stores.imports.ImportLedger.Known;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the ledger every half second whether an import was canceled. Rows that are published after that are not written:
 * the indexer looks, too.
 */
final class CancelWatch {
    private static final Duration EVERY = Duration.ofMillis(500);

    private final ImportLedger ledger;
    private final String importId;
    private final Clock clock;
    private long nextLook;
    private @Nullable Known canceled;

    CancelWatch(ImportLedger ledger, String importId, Clock clock) {
        this.ledger = ledger;
        this.importId = importId;
        this.clock = clock;
    }

    boolean isCanceled() {
        return canceled().isPresent();
    }

    /** {@return the import, when it was canceled} */
    Optional<Known> canceled() {
        if (canceled == null && clock.millis() >= nextLook) {
            canceled = ledger.find(importId).filter(Known::canceled).orElse(null);
            nextLook = clock.millis() + EVERY.toMillis();
        }
        return Optional.ofNullable(canceled);
    }
}
