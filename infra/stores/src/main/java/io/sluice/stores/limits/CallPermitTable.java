package io.sluice.stores.limits;

import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/**
 * The table {@code operations.call_permits}: how many calls of an API each instance may have in flight. The permits of all
 * instances are never more than there are. Every method throws when Postgres does not answer.
 */
public final class CallPermitTable {
    private static final String MAKE = "INSERT INTO operations.call_limits (api) VALUES (?) ON CONFLICT DO NOTHING";
    /** An instance that changes permits holds the lock of this row until its transaction ends. */
    private static final String LOCK = "SELECT 1 FROM operations.call_limits WHERE api = ? FOR UPDATE";

    private static final String EXPIRE =
            "DELETE FROM operations.call_permits WHERE api = ? AND holder <> ? AND held_until <= clock_timestamp()";

    private static final String OTHERS =
            "SELECT holder, permits, wanted FROM operations.call_permits WHERE api = ? AND holder <> ?";

    /** What cannot be divided goes to another instance every two seconds. */
    private static final String TURN = "SELECT floor(extract(epoch FROM clock_timestamp()) / 2)::bigint";

    private static final String HOLD = """
            INSERT INTO operations.call_permits (api, holder, permits, wanted, held_until)
            VALUES (?, ?, ?, ?, clock_timestamp() + ? * interval '1 millisecond')
            ON CONFLICT (api, holder) DO UPDATE SET permits = excluded.permits, wanted = excluded.wanted,
                held_until = excluded.held_until""";

    private static final String RELEASE = "DELETE FROM operations.call_permits WHERE api = ? AND holder = ?";

    private final Postgres postgres;
    private final String api;

    public CallPermitTable(Postgres postgres, String api) {
        this.postgres = postgres;
        this.api = api;
    }

    private record Share(String holder, int permits, int wanted) {}

    /**
     * Takes permits for an instance, or returns some, so that each instance has its fair share. An instance with no call
     * holds none.
     *
     * @param most how many permits there are
     * @param inFlight how many calls the instance has; it keeps so many permits
     * @param wanted how many calls it has and would like to have
     * @param lease how long the permits are held unless this is called again
     * @return how many permits it holds now
     */
    public int renew(String holder, int most, int inFlight, int wanted, Duration lease) {
        return postgres.transaction(connection -> {
            Sql.update(connection, MAKE, api);
            Sql.first(connection, LOCK, _ -> true, api);
            Sql.update(connection, EXPIRE, api, holder);
            var permits = Math.max(inFlight, share(connection, holder, most, wanted));
            if (permits == 0 && wanted == 0) {
                Sql.update(connection, RELEASE, api, holder);
            } else {
                Sql.update(connection, HOLD, api, holder, permits, wanted, lease.toMillis());
            }
            return permits;
        });
    }

    private int share(Connection connection, String holder, int most, int wanted) throws SQLException {
        var others = Sql.list(
                connection,
                OTHERS,
                row -> new Share(row.getString("holder"), row.getInt("permits"), row.getInt("wanted")),
                api,
                holder);
        var free = most - others.stream().mapToInt(Share::permits).sum();
        return Math.min(Math.max(0, free), fair(connection, holder, most, wanted, others));
    }

    private static int fair(Connection connection, String holder, int most, int wanted, List<Share> others)
            throws SQLException {
        if (others.isEmpty()) {
            return Math.min(most, wanted);
        }
        var wishes = new TreeMap<String, Integer>();
        others.forEach(other -> wishes.put(other.holder(), other.wanted()));
        wishes.put(holder, wanted);
        var turn = Sql.first(connection, TURN, row -> row.getLong(1)).orElse(0L);
        return FairShare.of(holder, most, wishes, turn);
    }

    /** Returns all permits of an instance that stops. */
    public void release(String holder) {
        postgres.run(connection -> Sql.update(connection, RELEASE, api, holder));
    }
}
