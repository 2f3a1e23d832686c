package io.sluice.stores.embeddings;

import io.micronaut.context.annotation.Factory;
import io.sluice.stores.postgres.Postgres;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The cache of embeddings as a bean. */
@Factory
final class EmbeddingBeans {
    @Singleton
    EmbeddingCache cache(@Named(Postgres.FOR_CACHE) Postgres postgres, Clock clock) {
        return new PostgresEmbeddingCache(postgres, clock);
    }
}
