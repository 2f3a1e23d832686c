package io.sluice.stores.accounts;

import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;

/** Erasures, in the tables {@code access.erasures} and {@code access.erased_items}. Each call throws a {@code PostgresException} on failure. */
public final class ErasureTable {
    private static final String NOTE = "INSERT INTO access.erasures (job_id, owner, requested_at) VALUES (?, ?, ?)";

    private static final String NOTE_OWNER = "INSERT INTO access.erased_owners (id, erased_at) VALUES (?, ?)";

    private static final String TAKE = """
            SELECT job_id, owner, requested_at FROM access.erasures WHERE ended_at IS NULL
            ORDER BY requested_at LIMIT 1 FOR UPDATE SKIP LOCKED""";

    private static final String IS_ERASED = "SELECT id FROM access.erased_owners WHERE id = ?";

    private static final String END = "UPDATE access.erasures SET ended_at = ? WHERE job_id = ?";

    private static final String FORGET_ITEMS = "DELETE FROM access.erased_items WHERE owner = ?";

    private final Postgres postgres;
    private final Clock clock;

    public ErasureTable(Postgres postgres, Clock clock) {
        this.postgres = postgres;
        this.clock = clock;
    }

    static Erasure note(Connection connection, String jobId, UUID owner, Instant at) throws SQLException {
        Sql.update(connection, NOTE, jobId, owner, at);
        Sql.update(connection, NOTE_OWNER, owner, at);
        return new Erasure(jobId, owner, at);
    }

    /**
     * Takes the oldest unfinished erasure that no other process works on, and finishes it. The items of a finished
     * erasure are forgotten.
     *
     * @param work does what is left of it, and returns whether nothing is left; when it throws, or the process ends
     *     meanwhile, the erasure stays unfinished
     * @return whether an erasure was finished
     */
    public boolean finishNext(Predicate<Erasure> work) {
        return postgres.transaction(connection -> {
            var erasure = Sql.first(connection, TAKE, ErasureTable::read);
            if (erasure.isEmpty() || !work.test(erasure.get())) {
                return false;
            }
            Sql.update(connection, FORGET_ITEMS, erasure.get().owner());
            return Sql.update(connection, END, clock.instant(), erasure.get().jobId()) > 0;
        });
    }

    /** {@return what the erasure has deleted of one kind, such as photos} */
    public ErasedItems items(Erasure erasure, String kind) {
        return new ErasedItems(postgres, erasure.owner(), kind);
    }

    /** {@return whether the user with this id was deleted} */
    public boolean isErased(UUID owner) {
        return postgres.run(connection -> Sql.first(connection, IS_ERASED, row -> row.getString("id"), owner))
                .isPresent();
    }

    private static Erasure read(ResultSet row) throws SQLException {
        return new Erasure(
                row.getString("job_id"),
                row.getObject("owner", UUID.class),
                UserTable.required(Sql.time(row, "requested_at")));
    }
}
