package io.sluice.stores.letters;

import io.micronaut.context.annotation.Factory;
import io.sluice.stores.postgres.Postgres;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The store of letters as beans. */
@Factory
final class LetterBeans {
    @Singleton
    LetterArrivals arrivals(Postgres postgres) {
        return new LetterArrivals(postgres);
    }

    @Singleton
    LetterChanges changes(Postgres postgres) {
        return new LetterChanges(postgres);
    }

    @Singleton
    RedriveTable redrives(Postgres postgres, Clock clock) {
        return new RedriveTable(postgres, clock);
    }

    @Singleton
    LetterTable letters(Postgres postgres, Clock clock) {
        return new LetterTable(postgres, clock);
    }
}
