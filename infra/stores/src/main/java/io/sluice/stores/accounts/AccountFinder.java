package io.sluice.stores.accounts;

import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.Sql;
import java.util.Optional;
import java.util.UUID;

/** Finds the account of a token, by a key of its table. Each call throws a {@code PostgresException} on failure. */
public final class AccountFinder {
    private static final String USER = "SELECT " + UserTable.COLUMNS + " FROM access.users WHERE id = ?";

    /** A key may no more than the user who made it: while that user is disabled, or no longer an admin, it rests. */
    private static final String KEY = "SELECT " + ApiKeyTable.COLUMNS + " FROM access.api_keys k WHERE hash = ?"
            + " AND NOT EXISTS (SELECT 1 FROM access.users u WHERE u.id = k.created_by"
            + " AND (u.disabled OR (k.role = 'admin' AND u.role <> 'admin')))";

    private final Postgres postgres;

    public AccountFinder(Postgres postgres) {
        this.postgres = postgres;
    }

    /** {@return the user with this id} */
    public Optional<User> user(UUID id) {
        return postgres.run(connection -> Sql.first(connection, USER, UserTable::read, id));
    }

    /** {@return the API key whose secret has this hash; empty while the user who made it may not have it} */
    public Optional<ApiKey> apiKey(byte[] hash) {
        return postgres.run(connection -> Sql.first(connection, KEY, ApiKeyTable::read, hash));
    }
}
