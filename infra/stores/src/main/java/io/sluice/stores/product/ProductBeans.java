package io.sluice.stores.product;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.sluice.stores.postgres.Postgres;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The product ledger as beans. */
@Factory
final class ProductBeans {
    @Singleton
    @Primary
    ProductLedger ledger(Postgres postgres, Clock clock) {
        return new PostgresProductLedger(postgres, clock);
    }

    /** For callers that can do without an answer. */
    @Singleton
    @Named(Postgres.FOR_CACHE)
    ProductLedger ledgerForCache(@Named(Postgres.FOR_CACHE) Postgres postgres, Clock clock) {
        return new PostgresProductLedger(postgres, clock);
    }
}
