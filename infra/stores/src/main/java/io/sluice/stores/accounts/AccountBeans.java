package io.sluice.stores.accounts;

import io.micronaut.context.annotation.Factory;
import io.sluice.stores.postgres.Postgres;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The stores of accounts as beans. */
@Factory
final class AccountBeans {
    /** Requests wait for it, so it uses the connections with short timeouts. */
    @Singleton
    AccountFinder finder(@Named(Postgres.FOR_CACHE) Postgres postgres) {
        return new AccountFinder(postgres);
    }

    @Singleton
    UserTable users(Postgres postgres, Clock clock) {
        return new UserTable(postgres, clock);
    }

    @Singleton
    RefreshTokenTable refreshTokens(Postgres postgres, Clock clock) {
        return new RefreshTokenTable(postgres, clock);
    }

    @Singleton
    ApiKeyTable apiKeys(Postgres postgres, Clock clock) {
        return new ApiKeyTable(postgres, clock);
    }

    @Singleton
    ErasureTable erasures(Postgres postgres, Clock clock) {
        return new ErasureTable(postgres, clock);
    }

    @Singleton
    Passwords passwords() {
        return new Passwords();
    }
}
