package io.sluice.stores.photo;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.sluice.stores.postgres.Postgres;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The photo ledger and the galleries as beans. */
@Factory
final class PhotoBeans {
    @Singleton
    @Primary
    PhotoLedger ledger(Postgres postgres, Clock clock) {
        return new PostgresPhotoLedger(postgres, clock);
    }

    /** For callers that can do without an answer. */
    @Singleton
    @Named(Postgres.FOR_CACHE)
    PhotoLedger ledgerForCache(@Named(Postgres.FOR_CACHE) Postgres postgres, Clock clock) {
        return new PostgresPhotoLedger(postgres, clock);
    }

    @Singleton
    GalleryTable gallery(Postgres postgres) {
        return new GalleryTable(postgres);
    }
}
