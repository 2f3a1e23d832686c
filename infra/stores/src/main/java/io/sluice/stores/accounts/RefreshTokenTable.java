package io.sluice.stores.accounts;

import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Refresh tokens, in the table {@code access.refresh_tokens}. Each is used once. A call that adds or uses one locks its
 * user first, so no token survives a new password that comes at the same moment. Each call throws a
 * {@code PostgresException} on failure.
 */
public final class RefreshTokenTable {
    /** How long a token can be used. */
    public static final Duration LIFETIME = Duration.ofDays(30);

    private static final String LOCK_USER =
            "SELECT " + UserTable.COLUMNS + " FROM access.users WHERE id = ? AND NOT disabled FOR UPDATE";

    private static final String OWNER = "SELECT user_id, family FROM access.refresh_tokens WHERE hash = ?";

    private static final String ADD =
            "INSERT INTO access.refresh_tokens (hash, user_id, family, expires_at) VALUES (?, ?, ?, ?)";

    private static final String USE = """
            UPDATE access.refresh_tokens SET used_at = ? WHERE hash = ? AND used_at IS NULL AND expires_at > ?""";

    private static final String END_FAMILY_OF_USED = """
            DELETE FROM access.refresh_tokens
            WHERE family = (SELECT family FROM access.refresh_tokens WHERE hash = ? AND used_at IS NOT NULL)""";

    private static final String REMOVE_EXPIRED = "DELETE FROM access.refresh_tokens WHERE expires_at < ?";

    private final Postgres postgres;
    private final Clock clock;

    public RefreshTokenTable(Postgres postgres, Clock clock) {
        this.postgres = postgres;
        this.clock = clock;
    }

    /**
     * Adds the first token of a new family, and removes expired ones.
     *
     * @param user as the caller knows it
     * @param hash of the token
     * @return whether it was added; false when the user has changed meanwhile
     */
    public boolean add(User user, byte[] hash) {
        return postgres.transaction(connection -> {
            var now = lock(connection, user.id());
            if (now.isEmpty() || now.get().tokenGeneration() != user.tokenGeneration()) {
                return false;
            }
            Sql.update(connection, REMOVE_EXPIRED, clock.instant());
            add(connection, hash, new Owner(user.id(), UUID.randomUUID()));
            return true;
        });
    }

    /**
     * Replaces a token by the next one of its family. A token that was used before ends its whole family, because one
     * of the two that used it has stolen it.
     *
     * @return the user; empty when the token cannot be used
     */
    public Optional<User> rotate(byte[] hash, byte[] next) {
        return postgres.transaction(connection -> {
            var owner = Sql.first(connection, OWNER, Owner::read, hash);
            var user = owner.isEmpty()
                    ? Optional.<User>empty()
                    : lock(connection, owner.get().userId());
            if (user.isEmpty()) {
                return Optional.empty();
            }
            var now = clock.instant();
            if (Sql.update(connection, USE, now, hash, now) == 0) {
                Sql.update(connection, END_FAMILY_OF_USED, hash);
                return Optional.empty();
            }
            add(connection, next, owner.get());
            return user;
        });
    }

    private record Owner(UUID userId, UUID family) {
        static Owner read(ResultSet row) throws SQLException {
            return new Owner(row.getObject("user_id", UUID.class), row.getObject("family", UUID.class));
        }
    }

    private static Optional<User> lock(Connection connection, UUID userId) throws SQLException {
        return Sql.first(connection, LOCK_USER, UserTable::read, userId);
    }

    private void add(Connection connection, byte[] hash, Owner owner) throws SQLException {
        Sql.update(
                connection,
                ADD,
                hash,
                owner.userId(),
                owner.family(),
                clock.instant().plus(LIFETIME));
    }
}
