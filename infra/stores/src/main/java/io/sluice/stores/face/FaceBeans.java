package io.sluice.stores.face;

import io.micronaut.context.annotation.Factory;
import io.sluice.stores.postgres.Postgres;
import jakarta.inject.Singleton;
import java.util.UUID;

/** The tables of faces as beans. */
@Factory
final class FaceBeans {
    @Singleton
    FaceResults results(Postgres postgres) {
        return new PostgresFaceResults(postgres, () -> UUID.randomUUID().toString());
    }

    @Singleton
    FaceEnrolments enrolments(Postgres postgres) {
        return new PostgresFaceEnrolments(postgres);
    }

    @Singleton
    FaceMatches matches(Postgres postgres) {
        return new PostgresFaceMatches(postgres);
    }

    @Singleton
    FaceTables tables(FaceResults results, FaceEnrolments enrolments, FaceMatches matches) {
        return new FaceTables(results, enrolments, matches);
    }

    @Singleton
    OwnerRemains remains(Postgres postgres) {
        return new OwnerRemains(postgres);
    }
}
