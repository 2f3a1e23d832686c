package io.sluice.importer;

import io.sluice.stores.imports.ImportLedger;
import io.sluice.stores.imports.ImportLedger.Known;
import java.time.Clock;
import java.time.Duration;

/** Looks now and then whether somebody canceled an import. What is passed on after that is not written anyway. */
final class CancelWatch {
    private static final Duration EVERY = Duration.ofMillis(500);

    private final ImportLedger ledger;
    private final String importId;
    private final Clock clock;
    private long nextLook;
    private boolean canceled;

    CancelWatch(ImportLedger ledger, String importId, Clock clock) {
        this.ledger = ledger;
        this.importId = importId;
        this.clock = clock;
    }

    boolean isCanceled() {
        if (!canceled && clock.millis() >= nextLook) {
            canceled = ledger.find(importId).filter(Known::canceled).isPresent();
            nextLook = clock.millis() + EVERY.toMillis();
        }
        return canceled;
    }
}
