package io.sluice.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.stores.imports.ImportLedger;
import io.sluice.stores.imports.ImportLedger.Counts;
import io.sluice.stores.imports.ImportLedger.Known;
import io.sluice.stores.imports.ImportLedger.Rejected;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InMemoryImportsTest extends ImportLedgerContract {
    private final AtomicInteger ticks = new AtomicInteger();
    private final InstantSource ticking = () -> Instant.EPOCH.plus(Duration.ofSeconds(ticks.incrementAndGet()));
    private final InMemoryImports ledger = new InMemoryImports(ticking.withZone(ZoneOffset.UTC));

    @Override
    ImportLedger ledger() {
        return ledger;
    }

    @Override
    void reject(String importId, List<Rejected> rows, boolean complete) {
        rows.forEach(row -> ledger.reject(importId, row));
        var known = ledger.find(importId).orElseThrow();
        var counts = new Counts(complete ? (Long) (long) rows.size() : null, 0, 0, 0, rows.size(), 0);
        ledger.put(
                new Known(known.request(), known.header(), known.fields(), counts, known.openedAt(), known.canceled()));
    }

    @Test
    void cancelsAnImportAfterTheGivenNumberOfLookups() {
        var clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        var imports = new InMemoryImports(clock);
        imports.open(ImportLedgerContract.request("i1", "a.csv"));
        imports.cancelAfterLooks(1);

        assertThat(imports.find("i1").orElseThrow().canceled()).isFalse();
        assertThat(imports.find("i1").orElseThrow().canceled()).isTrue();
    }
}
