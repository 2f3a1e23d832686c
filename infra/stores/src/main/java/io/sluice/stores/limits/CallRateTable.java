package io.sluice.stores.limits;

import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code operations.call_limits}: when the next call of an API may be made, and how many were made today. Each
 * call takes its turn, with one statement that waits for no other but those of calls at the same moment. Every method
 * throws when Postgres does not answer.
 *
 * <p>The rate falls, at most once a second, when the API throttles a third call and more than {@value #THROTTLED} of those
 * that were made at this rate: to the share of them that passed, and to {@value #LOWEST_FALL} of itself at least. Less
 * than ten calls say little, because they do not arrive as evenly as they are sent. Calls that took their turns at an
 * earlier rate do not count. Every {@value #PERIOD} seconds the rate rises by {@value #RAISED_BY} of itself, up to the
 * configured one, unless more than {@value #QUIET} of the calls were throttled. Then half of both counts is forgotten, so
 * that a few calls that an instance was late with change little.
 */
public final class CallRateTable {
    private static final double THROTTLED = 0.15;
    private static final double LOWEST_FALL = 0.5;
    private static final int FEWEST_CALLS = 10;
    private static final int FEWEST_THROTTLED = 3;
    private static final double RAISED_BY = 0.05;
    private static final double QUIET = 0.05;
    private static final int PERIOD = 5;
    /** The lowest rate, so that the end of a throttling is found within seconds. */
    private static final double LEAST = 0.5;

    private static final String MAKE = "INSERT INTO operations.call_limits (api) VALUES (?) ON CONFLICT DO NOTHING";

    /** The moment, the limits, and when the call took its turn. A test gives its own moment. */
    private static final String GIVEN = """
            (SELECT coalesce(?::timestamptz, now()) AS now, ?::double precision AS most, ?::bigint AS budget, ?::int AS cost,
                ?::timestamptz AS taken_at)""";

    private static final String TODAY = "(g.now AT TIME ZONE 'UTC')::date";
    private static final String CALLS = "(CASE WHEN l.day = " + TODAY + " THEN l.calls ELSE 0 END)";
    private static final String PERIODS =
            "floor(greatest(0, extract(epoch FROM g.now - l.changed_at)) / " + PERIOD + ")";
    /** What was throttled stops one rise. */
    private static final String RAISES = "(CASE WHEN l.throttled <= %s * l.taken THEN %s ELSE greatest(0, %s - 1) END)"
            .formatted(QUIET, PERIODS, PERIODS);

    private static final String RAISED =
            "(l.per_second * power(%s::double precision, least(1000, %s)::double precision))"
                    .formatted(1 + RAISED_BY, RAISES);
    private static final String RATE = "least(g.most, coalesce(" + RAISED + ", g.most))";
    /** Divides by two in each period. */
    private static final String FORGETTING = ">> least(31, " + PERIODS + ")::int";

    private static final String TAKE =
            """
            UPDATE operations.call_limits l SET
                next_at = greatest(l.next_at, g.now) + interval '1 second' / %s,
                per_second = CASE WHEN %s < g.most THEN %s END,
                changed_at = l.changed_at + %s * interval '%s seconds',
                taken = (l.taken %s) + 1,
                throttled = l.throttled %s,
                day = %s,
                calls = %s + g.cost
            FROM %s g
            WHERE l.api = ? AND (g.budget = 0 OR g.cost = 0 OR %s < g.budget)
            RETURNING coalesce(l.per_second, g.most) AS rate, l.calls,
                extract(epoch FROM l.next_at - g.now) AS until_next, g.now AS taken_at""".formatted(RATE, RAISED, RAISED, PERIODS, PERIOD, FORGETTING, FORGETTING, TODAY, CALLS, GIVEN, CALLS);

    private static final String IS_OF_THIS_RATE = "l.lowered_at < g.taken_at";
    private static final String IS_TOO_FAST = IS_OF_THIS_RATE
            + " AND l.lowered_at <= g.now - interval '1 second' AND l.taken >= " + FEWEST_CALLS
            + " AND l.throttled + 1 >= greatest(" + FEWEST_THROTTLED + ", " + THROTTLED + " * l.taken)";
    private static final String SERVED =
            "greatest(" + LOWEST_FALL + ", 1 - (l.throttled + 1) / l.taken::double precision)";

    private static final String LOWER = """
            UPDATE operations.call_limits l SET
                per_second = CASE WHEN %s THEN greatest(least(%s, g.most), %s * %s) ELSE l.per_second END,
                changed_at = CASE WHEN %s THEN g.now ELSE l.changed_at END,
                lowered_at = CASE WHEN %s THEN g.now ELSE l.lowered_at END,
                taken = CASE WHEN %s THEN 0 ELSE l.taken END,
                throttled = CASE WHEN %s THEN 0 WHEN %s THEN l.throttled + 1 ELSE l.throttled END,
                day = %s,
                calls = greatest(0, %s - g.cost)
            FROM %s g
            WHERE l.api = ?
            RETURNING coalesce(l.per_second, g.most) AS rate""".formatted(
                    IS_TOO_FAST,
                    LEAST,
                    RATE,
                    SERVED,
                    IS_TOO_FAST,
                    IS_TOO_FAST,
                    IS_TOO_FAST,
                    IS_TOO_FAST,
                    IS_OF_THIS_RATE,
                    TODAY,
                    CALLS,
                    GIVEN);

    private static final String COUNT =
            "SELECT %s AS calls FROM operations.call_limits l, %s g WHERE l.api = ?".formatted(CALLS, GIVEN);

    private final Postgres postgres;
    private final String api;
    private final @Nullable InstantSource clock;

    /** Uses the clock of Postgres, which all instances share. */
    public CallRateTable(Postgres postgres, String api) {
        this(postgres, api, null);
    }

    CallRateTable(Postgres postgres, String api, @Nullable InstantSource clock) {
        this.postgres = postgres;
        this.api = api;
        this.clock = clock;
    }

    /**
     * What is configured.
     *
     * @param perSecond the highest rate
     * @param perDay how many paid calls are allowed in a day of UTC; 0 for no limit
     */
    public record Limits(double perSecond, long perDay) {}

    /**
     * The turn of one call.
     *
     * @param until how long the call has to wait for it
     * @param perSecond the present rate
     * @param today how many paid calls were made today, with this one
     * @param takenAt when it was taken
     */
    public record Turn(Duration until, double perSecond, long today, Instant takenAt) {}

    /** Takes a turn for one call. {@return the turn; empty when the call is paid and no more are allowed today} */
    public Optional<Turn> take(Limits limits, boolean isPaid) {
        return postgres.run(connection -> {
            var turn = take(connection, limits, isPaid);
            // the first call makes the row
            return turn.isEmpty() && Sql.update(connection, MAKE, api) > 0 ? take(connection, limits, isPaid) : turn;
        });
    }

    private Optional<Turn> take(Connection connection, Limits limits, boolean isPaid) throws SQLException {
        return Sql.first(
                connection,
                TAKE,
                CallRateTable::turn,
                now(),
                limits.perSecond(),
                limits.perDay(),
                cost(isPaid),
                null,
                api);
    }

    private static Turn turn(ResultSet row) throws SQLException {
        var rate = row.getDouble("rate");
        var wait = Math.max(0, row.getDouble("until_next") - 1 / rate);
        return new Turn(
                Duration.ofNanos((long) (wait * 1e9)),
                rate,
                row.getLong("calls"),
                Objects.requireNonNull(Sql.time(row, "taken_at")));
    }

    /**
     * Notes that the API throttled a call, which therefore costs nothing.
     *
     * @param turn that the call took
     * @return the present rate
     */
    public double throttled(Limits limits, boolean isPaid, Turn turn) {
        return postgres.run(connection -> Sql.first(
                        connection,
                        LOWER,
                        row -> row.getDouble("rate"),
                        now(),
                        limits.perSecond(),
                        limits.perDay(),
                        cost(isPaid),
                        turn.takenAt(),
                        api)
                .orElse(limits.perSecond()));
    }

    /** {@return how many paid calls were made today} */
    public long today() {
        return postgres.run(
                connection -> Sql.first(connection, COUNT, row -> row.getLong("calls"), now(), 0.0, 0L, 0, null, api)
                        .orElse(0L));
    }

    private static int cost(boolean isPaid) {
        return isPaid ? 1 : 0;
    }

    private @Nullable Instant now() {
        return clock == null ? null : clock.instant();
    }
}
