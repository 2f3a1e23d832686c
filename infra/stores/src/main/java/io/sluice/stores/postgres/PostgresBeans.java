package io.sluice.stores.postgres;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** The pools of connections as beans. None of them connects before it is used. */
@Factory
final class PostgresBeans {
    /** Few: the cache is asked once a batch. */
    private static final int CACHE_POOL = 4;

    @Singleton
    @Primary
    @Bean(preDestroy = "close")
    Postgres postgres(PostgresConfig config, PoolConfig pool) {
        return new Postgres(config, pool.size());
    }

    @Singleton
    @Named(Postgres.FOR_CACHE)
    @Bean(preDestroy = "close")
    Postgres impatientPostgres(PostgresConfig config) {
        return new Postgres(config.impatient(), CACHE_POOL);
    }
}
