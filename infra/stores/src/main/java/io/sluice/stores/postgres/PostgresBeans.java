package io.sluice.stores.postgres;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** The connection pools as beans. A pool connects at its first use. */
@Factory
final class PostgresBeans {
    /** Small, because its callers hold a connection for one short transaction. */
    static final int CACHE_POOL = 4;

    @Singleton
    @Primary
    @Bean(preDestroy = "close")
    Postgres postgres(PostgresConfig config, PoolConfig pool) {
        return new Postgres(config, pool.size());
    }

    @Singleton
    @Named(Postgres.FOR_CACHE)
    @Bean(preDestroy = "close")
    Postgres postgresForCache(PostgresConfig config) {
        return new Postgres(config.withShortTimeouts(), CACHE_POOL);
    }
}
