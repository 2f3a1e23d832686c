package io.sluice.importer;

import io.sluice.stores.imports.ImportLedger;
import io.sluice.stores.imports.ImportLedger.Known;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks now and then whether somebody canceled an import. What is passed on after that is not written anyway. */
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

    /** {@return the import as it was canceled; empty when nobody did} */
    Optional<Known> canceled() {
        if (canceled == null && clock.millis() >= nextLook) {
            canceled = ledger.find(importId).filter(Known::canceled).orElse(null);
            nextLook = clock.millis() + EVERY.toMillis();
        }
        return Optional.ofNullable(canceled);
    }
}
