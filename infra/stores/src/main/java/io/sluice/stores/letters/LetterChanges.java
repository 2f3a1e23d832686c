package io.sluice.stores.letters;

import io.sluice.stores.letters.Letter.Line;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Changes letters, and notes who did what. Each call throws a {@code PostgresException} when Postgres fails. */
public final class LetterChanges {
    private static final String LOCK = "SELECT " + LetterRows.COLUMNS + """
             FROM operations.dead_letters l JOIN operations.dead_letter_records r ON r.letter = l.letter
            WHERE r.topic = ? AND r.partition = ? AND r.position = ? FOR UPDATE OF l""";

    private static final String SET = """
            UPDATE operations.dead_letters SET state = ?, redrives = redrives + ? WHERE letter = ANY (?)""";

    private static final String EXPIRE = """
            UPDATE operations.dead_letters SET state = 'expired'
            WHERE topic = ? AND partition = ? AND position < ? AND state = 'open' RETURNING letter, pipeline""";

    /** The letter of the deletion itself has the version of the deletion, or a later one. */
    private static final String DISCARD_DELETED = """
            UPDATE operations.dead_letters l SET state = 'discarded'
            WHERE l.state = 'open' AND (
                EXISTS (SELECT FROM photos p
                    WHERE p.photo_id = l.key AND p.deleted_at IS NOT NULL AND p.version > l.version
                        AND l.topic SIMILAR TO '(photos|prepared-photos|photo-faces).v1.%')
                OR EXISTS (SELECT FROM face_enrolments e
                    WHERE e.user_id = l.key AND e.version > l.version AND l.topic LIKE 'face-enrolments.v1.%'))
            RETURNING letter""";

    private static final String FORGET = """
            DELETE FROM operations.dead_letters WHERE state <> 'open' AND failed_at < ?""";

    private final Postgres postgres;

    public LetterChanges(Postgres postgres) {
        this.postgres = postgres;
    }

    /**
     * What is to be noted of a letter.
     *
     * @param result what the caller gets
     */
    public record Decision<T>(T result, LetterState next, Line line) {}

    /**
     * Changes one letter. Another caller that wants to change the same letter waits.
     *
     * @param decide says what to do with the letter as it is now; when it throws, nothing is noted
     * @return the result of the decision; empty when there is no such letter
     */
    public <T> Optional<T> change(LetterId id, Function<Letter, Decision<T>> decide) {
        return postgres.transaction(connection -> {
            var letter = Sql.first(connection, LOCK, LetterRows::read, id.topic(), id.partition(), id.offset());
            if (letter.isEmpty()) {
                return Optional.empty();
            }
            var decision = decide.apply(letter.get());
            set(connection, List.of(letter.get()), decision.next(), decision.line());
            return Optional.of(decision.result());
        });
    }

    static void set(Connection connection, Collection<Letter> letters, LetterState next, Line line)
            throws SQLException {
        var numbers = letters.stream().map(Letter::number).toList();
        if (!numbers.isEmpty()) {
            var redrives = next == LetterState.REDRIVEN ? 1 : 0;
            Sql.update(
                    connection, SET, next.wireName(), redrives, connection.createArrayOf("bigint", numbers.toArray()));
            LetterHistory.add(connection, numbers, line);
        }
    }

    /**
     * Notes that a topic has deleted its records before this offset. Letters that were sent back keep their state.
     *
     * @return how many letters were open until now, by pipeline
     */
    public Map<String, Long> expire(LetterId first, Instant at) {
        return postgres.transaction(connection -> {
            var counts = new LinkedHashMap<String, Long>();
            var letters = new ArrayList<Long>();
            for (var expired : Sql.list(
                    connection,
                    EXPIRE,
                    row -> Map.entry(row.getLong("letter"), row.getString("pipeline")),
                    first.topic(),
                    first.partition(),
                    first.offset())) {
                letters.add(expired.getKey());
                counts.merge(expired.getValue(), 1L, Long::sum);
            }
            LetterHistory.add(connection, letters, new Line(at, "sluice", "expired", "the topic deleted the record"));
            return counts;
        });
    }

    /**
     * Discards the open letters about photos that were deleted since, and about selfies that were deleted or replaced
     * since: there is nothing to send back.
     *
     * @return how many they were
     */
    public int discardDeleted(Instant at) {
        return postgres.transaction(connection -> {
            var letters = Sql.list(connection, DISCARD_DELETED, row -> row.getLong("letter"));
            LetterHistory.add(
                    connection, letters, new Line(at, "sluice", "discarded", "the photo or selfie was deleted since"));
            return letters.size();
        });
    }

    /** Forgets the letters that failed before this time and are not open, with their history. */
    public int forget(Instant before) {
        return postgres.run(connection -> Sql.update(connection, FORGET, before));
    }
}
