package io.sluice.stores.accounts;

import io.sluice.stores.accounts.Change.Done;
import io.sluice.stores.accounts.Change.LastAdmin;
import io.sluice.stores.accounts.Change.NoSuchUser;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Users, in the table {@code access.users}. Every call throws a {@code PostgresException} when Postgres fails. */
public final class UserTable {
    /** The name of the first admin. */
    public static final Username ADMIN = new Username("admin");

    static final String COLUMNS = "id, username, role, disabled, token_generation, created_at";

    private static final String LIST = "SELECT " + COLUMNS + " FROM access.users ORDER BY username";

    private static final String CREDENTIALS =
            "SELECT " + COLUMNS + ", password_hash FROM access.users WHERE username = ?";

    private static final String CREATE = """
            INSERT INTO access.users (id, username, password_hash, role, created_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (username) DO NOTHING
            RETURNING\s""" + COLUMNS;

    private static final String SAVE_ADMIN = """
            INSERT INTO access.users AS u (id, username, password_hash, role, created_at) VALUES (?, ?, ?, 'admin', ?)
            ON CONFLICT (username) DO UPDATE SET
                password_hash = excluded.password_hash, role = 'admin', disabled = false,
                token_generation = u.token_generation + 1
            RETURNING\s""" + COLUMNS;

    private static final String CHANGE = """
            UPDATE access.users SET
                password_hash = coalesce(?, password_hash), role = coalesce(?, role), disabled = coalesce(?, disabled),
                token_generation = token_generation + 1
            WHERE username = ?
            RETURNING\s""" + COLUMNS;

    private static final String ERASE = "DELETE FROM access.users WHERE username = ? RETURNING " + COLUMNS;

    private static final String END_REFRESH_TOKENS = "DELETE FROM access.refresh_tokens WHERE user_id = ?";

    private static final String HAS_ADMIN = "SELECT 1 FROM access.users WHERE role = 'admin' LIMIT 1";

    /**
     * Locks the enabled admins, always in one order. A second change waits here and then sees what the first has left.
     */
    private static final String LOCK_ADMINS =
            "SELECT username FROM access.users WHERE role = 'admin' AND NOT disabled ORDER BY id FOR UPDATE";

    /** Differs from every other advisory lock of the database: the last four letters of "first admin", in ASCII. */
    private static final String LOCK_FIRST_ADMIN = "SELECT pg_advisory_xact_lock(" + 0x646d696e + ", 1)";

    private final Postgres postgres;
    private final Clock clock;

    public UserTable(Postgres postgres, Clock clock) {
        this.postgres = postgres;
        this.clock = clock;
    }

    /** A user with the hash of the password. */
    public record Credentials(User user, String passwordHash) {
        @Override
        public String toString() {
            return "Credentials[" + user + "]";
        }
    }

    /** {@return the user of this name with the hash of the password} */
    public Optional<Credentials> credentials(String username) {
        return postgres.run(connection -> Sql.first(
                connection, CREDENTIALS, row -> new Credentials(read(row), row.getString("password_hash")), username));
    }

    /** {@return all users, by name} */
    public List<User> list() {
        return postgres.run(connection -> Sql.list(connection, LIST, UserTable::read));
    }

    /** {@return the new user; empty when the name is taken} */
    public Optional<User> create(Username username, String passwordHash, Role role) {
        return postgres.run(connection -> Sql.first(
                connection,
                CREATE,
                UserTable::read,
                UUID.randomUUID(),
                username.value(),
                passwordHash,
                role.title(),
                clock.instant()));
    }

    /** Changes a user. Its access tokens end; its refresh tokens end with a new password, and when it is disabled. */
    public Change<User> change(String username, UserEdit edit) {
        return postgres.transaction(connection -> {
            if (edit.endsAdmin() && isLastAdmin(connection, username)) {
                return new LastAdmin<>();
            }
            var role = edit.role() == null ? null : edit.role().title();
            var changed = Sql.first(
                    connection, CHANGE, UserTable::read, edit.passwordHash(), role, edit.disabled(), username);
            if (changed.isPresent() && (edit.passwordHash() != null || Boolean.TRUE.equals(edit.disabled()))) {
                Sql.update(connection, END_REFRESH_TOKENS, changed.get().id());
            }
            return result(changed);
        });
    }

    /**
     * Deletes a user, with its refresh tokens and the API keys that it made, and notes what is still to be done. All
     * of this is one transaction.
     *
     * @param jobId the job that shows how far the erasure is
     */
    public Change<Erasure> erase(String username, String jobId) {
        return postgres.transaction(connection -> {
            if (isLastAdmin(connection, username)) {
                return new LastAdmin<>();
            }
            var erased = Sql.first(connection, ERASE, UserTable::read, username);
            return erased.isEmpty()
                    ? new NoSuchUser<>()
                    : new Done<>(
                            ErasureTable.note(connection, jobId, erased.get().id(), clock.instant()));
        });
    }

    /**
     * Creates the first admin, if there is no admin. When several callers do so at once, one of them creates it and the
     * others wait for it.
     *
     * @param passwordHash makes the hash, and keeps the password where a person finds it; called only by the caller
     *     that creates the admin, before it does so
     * @return whether this call created it
     */
    public boolean createFirstAdmin(Supplier<String> passwordHash) {
        return postgres.transaction(connection -> {
            Sql.first(connection, LOCK_FIRST_ADMIN, row -> true);
            if (Sql.first(connection, HAS_ADMIN, row -> true).isPresent()) {
                return false;
            }
            saveAdmin(connection, passwordHash.get());
            return true;
        });
    }

    /** Gives the user {@link #ADMIN} this password and every right, and creates it if necessary. Its tokens end. */
    public User resetAdmin(String passwordHash) {
        return postgres.transaction(connection -> saveAdmin(connection, passwordHash));
    }

    private User saveAdmin(Connection connection, String passwordHash) throws SQLException {
        var saved = Sql.first(
                        connection,
                        SAVE_ADMIN,
                        UserTable::read,
                        UUID.randomUUID(),
                        ADMIN.value(),
                        passwordHash,
                        clock.instant())
                .orElseThrow();
        Sql.update(connection, END_REFRESH_TOKENS, saved.id());
        return saved;
    }

    private static boolean isLastAdmin(Connection connection, String username) throws SQLException {
        return Sql.list(connection, LOCK_ADMINS, row -> row.getString(1)).equals(List.of(username));
    }

    private static <T> Change<T> result(Optional<T> changed) {
        return changed.<Change<T>>map(Done::new).orElseGet(NoSuchUser::new);
    }

    static User read(ResultSet row) throws SQLException {
        var created = Sql.time(row, "created_at");
        return new User(
                row.getObject("id", UUID.class),
                row.getString("username"),
                role(row),
                row.getBoolean("disabled"),
                row.getInt("token_generation"),
                required(created));
    }

    static Role role(ResultSet row) throws SQLException {
        return Role.named(row.getString("role")).orElseThrow();
    }

    static <T> T required(@Nullable T value) {
        return Optional.ofNullable(value).orElseThrow();
    }
}
