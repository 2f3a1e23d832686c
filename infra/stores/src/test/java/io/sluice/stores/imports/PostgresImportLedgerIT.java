package io.sluice.stores.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.PostgresConfig;
import io.sluice.testkit.TestStack;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Postgres adds to the contract of import ledgers. */
class PostgresImportLedgerIT {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final PostgresConfig config = PostgresConfig.of(TestStack.postgres().url());
    private final Postgres postgres = new Postgres(config, 1);
    private final PostgresImportLedger ledger = new PostgresImportLedger(postgres, Clock.fixed(START, ZoneOffset.UTC));

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void replacesCharactersThatPostgresCannotStore() {
        ledger.open(request("i1"));

        ledger.describe("i1", List.of("NUL \0 in it", "\\u0000"), Map.of("NUL \0 in it", "city"));

        var known = ledger.find("i1").orElseThrow();
        assertThat(known.header()).containsExactly("NUL \ufffd in it", "\\u0000");
        assertThat(known.fields()).isEqualTo(Map.of("NUL \ufffd in it", "city"));
        assertThat(known.openedAt()).isEqualTo(START);
    }

    static ImportRequested request(String id) {
        var object = new StoredObject("sluice", "imports/" + id, "0".repeat(64), "text/csv", 9);
        return new ImportRequested(
                id, "companies", object, id + ".csv", Map.of("Nom", "name"), null, "ann", id, null, null);
    }
}
