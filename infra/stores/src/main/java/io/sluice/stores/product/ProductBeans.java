package io.sluice.stores.product;

import io.micronaut.context.annotation.Factory;
import io.sluice.stores.postgres.Postgres;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The product ledger as a bean. */
@Factory
final class ProductBeans {
    @Singleton
    ProductLedger ledger(Postgres postgres, Clock clock) {
        return new PostgresProductLedger(postgres, clock);
    }
}
