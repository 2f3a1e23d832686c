package io.sluice.stores.accounts;

import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** API keys, in the table {@code access.api_keys}. Each call throws a {@code PostgresException} on failure. */
public final class ApiKeyTable {
    static final String COLUMNS = "id, name, role, created_at, last_used_at";

    private static final String LIST = "SELECT " + COLUMNS + " FROM access.api_keys ORDER BY created_at, id";

    /** A key that another key made belongs to the user behind that one, so it ends with the user too. */
    private static final String CREATE = """
            INSERT INTO access.api_keys (id, name, role, hash, created_by, created_at)
            VALUES (?, ?, ?, ?, coalesce(
                (SELECT id FROM access.users WHERE id = ?), (SELECT created_by FROM access.api_keys WHERE id = ?)), ?)
            RETURNING\s""" + COLUMNS;

    private static final String DELETE = "DELETE FROM access.api_keys WHERE id = ?";

    private static final String MARK_USED = """
            UPDATE access.api_keys SET last_used_at = ? WHERE id = ? AND (last_used_at IS NULL OR last_used_at < ?)""";

    private final Postgres postgres;
    private final Clock clock;

    public ApiKeyTable(Postgres postgres, Clock clock) {
        this.postgres = postgres;
        this.clock = clock;
    }

    /** {@return all keys, the oldest first} */
    public List<ApiKey> list() {
        return postgres.run(connection -> Sql.list(connection, LIST, ApiKeyTable::read));
    }

    /**
     * Creates a key.
     *
     * @param hash of the secret
     * @param creator the id of the account that creates it
     */
    public ApiKey create(String name, Role role, byte[] hash, UUID creator) {
        return postgres.run(connection -> Sql.first(
                        connection,
                        CREATE,
                        ApiKeyTable::read,
                        UUID.randomUUID(),
                        name,
                        role.title(),
                        hash,
                        creator,
                        creator,
                        clock.instant())
                .orElseThrow());
    }

    /** {@return whether there was a key with this id} */
    public boolean delete(UUID id) {
        return postgres.run(connection -> Sql.update(connection, DELETE, id)) > 0;
    }

    /** Notes that the key was used now. */
    public void markUsed(UUID id) {
        var now = clock.instant();
        postgres.run(connection -> Sql.update(connection, MARK_USED, now, id, now));
    }

    static ApiKey read(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getObject("id", UUID.class),
                row.getString("name"),
                UserTable.role(row),
                UserTable.required(Sql.time(row, "created_at")),
                Sql.time(row, "last_used_at"));
    }
}
