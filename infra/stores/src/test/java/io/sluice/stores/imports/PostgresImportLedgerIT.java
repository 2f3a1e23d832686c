package io.sluice.stores.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.SqlRun;
import io.sluice.stores.imports.ImportLedger.Counts;
import io.sluice.stores.imports.ImportLedger.Known;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.PostgresConfig;
import io.sluice.testkit.TestStack;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresImportLedgerIT {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final PostgresConfig config = PostgresConfig.of(TestStack.postgres().url());
    private final Postgres postgres = new Postgres(config, 8);
    private final AtomicLong seconds = new AtomicLong();
    private final InstantSource time = () -> START.plusSeconds(seconds.getAndIncrement());
    private final Clock clock = time.withZone(ZoneOffset.UTC);
    private final PostgresImportLedger ledger = new PostgresImportLedger(postgres, clock);

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void knowsWhatWasOpenedOnce() {
        ledger.open(request("i1"));
        ledger.open(request("i1"));

        assertThat(ledger.find("i1"))
                .contains(new Known(request("i1"), null, Map.of(), counts(null, 0, 0), START, false));
        assertThat(ledger.find("i2")).isEmpty();
    }

    @Test
    void keepsTheHeaderInTheFilesOrder() {
        ledger.open(request("i1"));
        ledger.describe(
                "i1", List.of("Ville", "SIRET", "NUL \0 in it", "\\u0000"), Map.of("SIRET", "siret", "Ville", "city"));

        var known = ledger.find("i1").orElseThrow();

        assertThat(known.header()).containsExactly("Ville", "SIRET", "NUL \ufffd in it", "\\u0000");
        assertThat(known.fields()).isEqualTo(Map.of("SIRET", "siret", "Ville", "city"));
    }

    @Test
    void listsTheNewestFirstPageByPage() {
        List.of("i1", "i2", "i3").forEach(id -> ledger.open(request(id)));

        var page = ledger.list(2, null);
        assertThat(page).extracting(known -> known.request().importId()).containsExactly("i3", "i2");
        assertThat(ledger.list(2, page.getLast().openedAt()))
                .extracting(known -> known.request().importId())
                .containsExactly("i1");
    }

    @Test
    void anImportIsCanceledEvenBeforeItIsKnown() {
        var canceled = ledger.cancel(request("i1"));
        ledger.open(request("i1"));

        assertThat(canceled.canceled()).isTrue();
        assertThat(ledger.find("i1").orElseThrow().canceled()).isTrue();
    }

    @Test
    void anImportThatIsCompleteIsNotCanceled() {
        ledger.open(request("i1"));
        SqlRun.on(config, """
                INSERT INTO import_counts SELECT number, 1, 0, 0, 1, 0 FROM imports;
                INSERT INTO import_ends SELECT number, 2 FROM imports""");

        var known = ledger.cancel(request("i1"));

        assertThat(known.canceled()).isFalse();
        assertThat(known.isComplete()).isTrue();
        assertThat(known.counts()).isEqualTo(counts(2L, 1, 1));
        assertThat(ledger.find("i1")).contains(known);
    }

    private static Counts counts(@org.jspecify.annotations.Nullable Long total, long created, long rejected) {
        return new Counts(total, created, 0, 0, rejected, 0);
    }

    static ImportRequested request(String id) {
        var object = new StoredObject("sluice", "imports/" + id, "0".repeat(64), "text/csv", 9);
        return new ImportRequested(
                id, "companies", object, id + ".csv", Map.of("Nom", "name"), null, "ann", id, null, null);
    }
}
