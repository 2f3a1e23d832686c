package io.sluice.stores.letters;

import io.sluice.stores.letters.Letter.Line;
import io.sluice.stores.letters.LetterTable.Condition;
import io.sluice.stores.letters.Redrive.Batch;
import io.sluice.stores.letters.Redrive.Progress;
import io.sluice.stores.letters.Redrive.Step;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Redrives of many letters, in {@code operations.redrives}. A process takes a redrive for {@link #LEASE}, and keeps it as
 * long as it sends batches. When it dies, another goes on after the last batch. Each call throws a {@code
 * PostgresException} when Postgres fails.
 */
public final class RedriveTable {
    /** How long a redrive waits for a process that does nothing; by the clock of Postgres. */
    public static final Duration LEASE = Duration.ofSeconds(10);

    private static final String COLUMNS =
            "redrive_id, topic, code, key, since, rate, matched, last_letter, at_letter, sent, skipped, who, requested_at";

    private static final String ADD = """
            INSERT INTO operations.redrives
                (redrive_id, topic, code, key, since, rate, matched, last_letter, who, requested_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String TAKE = """
            UPDATE operations.redrives SET leased_by = ?, leased_until = now() + ? * interval '1 second'
            WHERE redrive_id = (
                SELECT redrive_id FROM operations.redrives
                WHERE ended_at IS NULL AND (leased_until IS NULL OR leased_until < now())
                ORDER BY requested_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING\s""" + COLUMNS;

    private static final String GIVE_BACK =
            "UPDATE operations.redrives SET leased_until = NULL WHERE redrive_id = ? AND leased_by = ?";

    private static final String FIND = "SELECT " + COLUMNS + " FROM operations.redrives WHERE redrive_id = ?";

    private static final String LOCK = FIND + " AND ended_at IS NULL";

    private static final String MOVE = """
            UPDATE operations.redrives SET at_letter = ?, sent = sent + ?, skipped = skipped + ?,
                leased_until = now() + ? * interval '1 second'
            WHERE redrive_id = ? RETURNING\s""" + COLUMNS;

    private static final String END =
            "UPDATE operations.redrives SET ended_at = ?, canceled_by = ? WHERE redrive_id = ?";

    private final Postgres postgres;
    private final Clock clock;

    public RedriveTable(Postgres postgres, Clock clock) {
        this.postgres = postgres;
        this.clock = clock;
    }

    /** {@return how many letters match and were not sent back {@value Letter#OFTEN} times, so that they would be sent} */
    public long count(LetterFilter filter) {
        return postgres.run(connection -> matching(connection, filter).fresh());
    }

    /**
     * Notes a redrive of the letters that match now. Letters that come later, or come again, are not part of it.
     *
     * @param begin gets the redrive before it is noted; when it throws, nothing is noted
     */
    public Redrive add(String id, LetterFilter filter, int rate, String who, Consumer<Redrive> begin) {
        return postgres.transaction(connection -> {
            var now = clock.instant();
            var matching = matching(connection, filter);
            var redrive = new Redrive(id, filter, rate, who, now, new Progress(matching.count(), 0, 0));
            begin.accept(redrive);
            Sql.update(
                    connection,
                    ADD,
                    id,
                    filter.topic(),
                    filter.code(),
                    filter.key(),
                    filter.since(),
                    rate,
                    matching.count(),
                    matching.last(),
                    who,
                    now);
            return redrive;
        });
    }

    private record Matching(long count, long fresh, long last) {}

    private static Matching matching(Connection connection, LetterFilter filter) throws SQLException {
        var where = Condition.of(filter);
        return Sql.first(
                        connection,
                        "SELECT count(*) AS letters, count(*) FILTER (WHERE l.redrives < " + Letter.OFTEN
                                + ") AS fresh, coalesce(max(l.letter), 0) AS last FROM operations.dead_letters l WHERE "
                                + where.sql(),
                        row -> new Matching(row.getLong("letters"), row.getLong("fresh"), row.getLong("last")),
                        where.values())
                .orElseThrow();
    }

    /** {@return the redrive, also when it has ended} */
    public Optional<Redrive> find(String id) {
        return postgres.run(connection -> Sql.first(connection, FIND, RedriveTable::read, id));
    }

    /** Takes the oldest redrive that has not ended and that no process works on. */
    public Optional<Redrive> take(String process) {
        return postgres.run(
                connection -> Sql.first(connection, TAKE, RedriveTable::read, process, (int) LEASE.toSeconds()));
    }

    /** Lets another process take the redrive at once. */
    public void giveBack(String id, String process) {
        postgres.run(connection -> Sql.update(connection, GIVE_BACK, id, process));
    }

    /**
     * Sends one more batch, and keeps the redrive for {@link #LEASE}. The redrive and its letters are locked meanwhile.
     *
     * @param process the process that has taken the redrive
     * @param send sends the letters, and says which of them it has sent
     * @param finish gets the redrive when nothing is left, before its end is noted
     */
    public Step next(
            String id, String process, int size, Function<List<Letter>, Batch> send, Consumer<Redrive> finish) {
        return postgres.transaction(connection -> {
            var place = Sql.first(connection, LOCK + " AND leased_by = ? FOR UPDATE", Place::read, id, process);
            if (place.isEmpty()) {
                return new Step.Lost();
            }
            var redrive = place.get().redrive();
            var letters = letters(connection, place.get(), size);
            if (letters.isEmpty()) {
                finish.accept(redrive);
                Sql.update(connection, END, clock.instant(), null, id);
                return new Step.Finished(redrive);
            }
            var batch = send.apply(letters);
            note(connection, redrive, batch);
            return new Step.Went(Sql.first(
                            connection,
                            MOVE,
                            RedriveTable::read,
                            letters.getLast().number(),
                            batch.sent().size(),
                            letters.size() - batch.sent().size(),
                            (int) LEASE.toSeconds(),
                            id)
                    .orElseThrow());
        });
    }

    private static List<Letter> letters(Connection connection, Place place, int size) throws SQLException {
        var where = Condition.of(place.redrive().filter());
        where.and("l.letter > ? AND l.letter <= ?", place.at(), place.last());
        return Sql.list(
                connection,
                "SELECT " + LetterRows.COLUMNS + " FROM operations.dead_letters l WHERE " + where.sql()
                        + " ORDER BY l.letter LIMIT " + size + " FOR UPDATE",
                LetterRows::read,
                where.values());
    }

    private void note(Connection connection, Redrive redrive, Batch batch) throws SQLException {
        var now = clock.instant();
        LetterChanges.set(
                connection,
                batch.sent(),
                LetterState.REDRIVEN,
                new Line(now, redrive.who(), "redriven", "with others, job " + redrive.id()));
        LetterChanges.set(
                connection,
                batch.gone(),
                LetterState.EXPIRED,
                new Line(now, "sluice", "expired", "the topic has deleted the record"));
    }

    /**
     * Ends a redrive before all letters are sent. When this returns, no more letters are sent.
     *
     * @param finish gets the redrive before its end is noted
     * @return the redrive; empty when it has ended before, or there is none
     */
    public Optional<Redrive> cancel(String id, String who, Consumer<Redrive> finish) {
        return postgres.transaction(connection -> {
            var redrive = Sql.first(connection, LOCK + " FOR UPDATE", RedriveTable::read, id);
            if (redrive.isPresent()) {
                finish.accept(redrive.get());
                Sql.update(connection, END, clock.instant(), who, id);
            }
            return redrive;
        });
    }

    /** A redrive, and where it is among the letters. */
    private record Place(Redrive redrive, long at, long last) {
        static Place read(ResultSet row) throws SQLException {
            return new Place(RedriveTable.read(row), row.getLong("at_letter"), row.getLong("last_letter"));
        }
    }

    private static Redrive read(ResultSet row) throws SQLException {
        var filter = new LetterFilter(
                row.getString("topic"),
                row.getString("code"),
                row.getString("key"),
                Sql.time(row, "since"),
                LetterState.OPEN);
        return new Redrive(
                row.getString("redrive_id"),
                filter,
                row.getInt("rate"),
                row.getString("who"),
                LetterRows.required(Sql.time(row, "requested_at")),
                new Progress(row.getLong("matched"), row.getLong("sent"), row.getLong("skipped")));
    }
}
