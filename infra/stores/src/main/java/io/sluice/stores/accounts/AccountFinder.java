package io.sluice.stores.accounts;

import io.sluice.stores.postgres.Postgres;
import java.util.Optional;
import java.util.UUID;

/** Finds the account of a token, by a key of its table. Each call throws a {@code PostgresException} on failure. */
public final class AccountFinder {
    private static final String USER = "SELECT " + UserTable.COLUMNS + " FROM access.users WHERE id = ?";

    private static final String KEY = "SELECT " + ApiKeyTable.COLUMNS + " FROM access.api_keys WHERE hash = ?";

    private final Postgres postgres;

    public AccountFinder(Postgres postgres) {
        this.postgres = postgres;
    }

    /** {@return the user with this id} */
    public Optional<User> user(UUID id) {
        return postgres.run(connection -> Sql.first(connection, USER, UserTable::read, id));
    }

    /** {@return the API key whose secret has this hash} */
    public Optional<ApiKey> apiKey(byte[] hash) {
        return postgres.run(connection -> Sql.first(connection, KEY, ApiKeyTable::read, hash));
    }
}
