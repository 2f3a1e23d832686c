package io.sluice.stores.postgres;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.sluice.stores.embeddings.EmbeddingCache;
import io.sluice.stores.imports.ImportLedger;
import io.sluice.stores.imports.RowStore;
import io.sluice.stores.ledger.ProductLedger;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What is kept in Postgres, as beans. None of them connects before it is used. */
@Factory
final class PostgresStores {
    /** Few: the cache is asked once a batch. */
    private static final int CACHE_POOL = 4;

    @Singleton
    @Primary
    @Bean(preDestroy = "close")
    Postgres postgres(PostgresConfig config, PoolConfig pool) {
        return new Postgres(config, pool.size());
    }

    @Singleton
    @Named("cache")
    @Bean(preDestroy = "close")
    Postgres impatientPostgres(PostgresConfig config) {
        return new Postgres(config.impatient(), CACHE_POOL);
    }

    @Singleton
    ProductLedger ledger(Postgres postgres, Clock clock) {
        return new PostgresProductLedger(postgres, clock);
    }

    @Singleton
    ImportLedger imports(Postgres postgres, Clock clock) {
        return new PostgresImportLedger(postgres, clock);
    }

    @Singleton
    RowStore rows(Postgres postgres, Clock clock) {
        return new PostgresRowStore(postgres, clock);
    }

    @Singleton
    EmbeddingCache cache(@Named("cache") Postgres postgres, Clock clock) {
        return new PostgresEmbeddingCache(postgres, clock);
    }
}
