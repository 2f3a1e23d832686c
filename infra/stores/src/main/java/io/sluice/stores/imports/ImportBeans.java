package io.sluice.stores.imports;

import io.micronaut.context.annotation.Factory;
import io.sluice.imports.kind.ImportKinds;
import io.sluice.stores.postgres.Postgres;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** The kinds of imports, loaded once, and the stores for imports, as beans. */
@Factory
final class ImportBeans {
    @Singleton
    ImportKinds kinds(ImportConfig config) {
        return ImportKinds.load(config.kinds().isBlank() ? Optional.empty() : Optional.of(Path.of(config.kinds())));
    }

    @Singleton
    ImportLedger ledger(Postgres postgres, Clock clock) {
        return new PostgresImportLedger(postgres, clock);
    }

    @Singleton
    RowStore rows(Postgres postgres, Clock clock) {
        return new PostgresRowStore(postgres, clock);
    }
}
