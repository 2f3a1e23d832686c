package io.sluice.stores.letters;

import io.sluice.stores.letters.Letter.Line;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds and counts letters. Each call throws a {@code PostgresException} when Postgres fails. */
public final class LetterTable {
    private static final Duration LATELY = Duration.ofHours(1);

    private static final String GROUPS = """
            WITH g AS (SELECT topic, min(pipeline) AS pipeline, code,
                count(*) FILTER (WHERE state = 'open') AS open,
                count(*) FILTER (WHERE state = 'redriven') AS redriven,
                count(*) FILTER (WHERE state = 'mended') AS mended,
                count(*) FILTER (WHERE state = 'discarded') AS discarded,
                count(*) FILTER (WHERE state = 'expired') AS expired,
                coalesce(min(first_failed_at) FILTER (WHERE state = 'open'), min(failed_at)) AS oldest,
                coalesce(max(failed_at) FILTER (WHERE state = 'open'), max(failed_at)) AS newest,
                count(*) FILTER (WHERE failed_at > ?) AS last_hour,
                coalesce(max(ARRAY[position, partition]) FILTER (WHERE state = 'open'),
                    max(ARRAY[position, partition])) AS sample
            FROM operations.dead_letters GROUP BY topic, code)
            SELECT g.open, g.redriven, g.mended, g.discarded, g.expired, g.oldest, g.newest, g.last_hour,\s""" + LetterRows.COLUMNS + """
             FROM g JOIN operations.dead_letters l
                ON l.topic = g.topic AND l.position = g.sample[1] AND l.partition = g.sample[2]
            ORDER BY g.topic, g.code""";

    private static final String FIND = "SELECT " + LetterRows.COLUMNS + """
             FROM operations.dead_letters l JOIN operations.dead_letter_records r ON r.letter = l.letter
            WHERE r.topic = ? AND r.partition = ? AND r.position = ?""";

    private static final String KNOWS = "SELECT 1 FROM operations.dead_letters WHERE topic = ? LIMIT 1";

    private static final String OPEN = """
            SELECT pipeline, code, count(*) AS open FROM operations.dead_letters WHERE state = 'open'
            GROUP BY pipeline, code ORDER BY pipeline, code""";

    private static final String OLDEST_OPEN = """
            SELECT topic, partition, min(position) AS oldest FROM operations.dead_letters WHERE state = 'open'
            GROUP BY topic, partition ORDER BY topic, partition""";

    private static final String OPEN_BEFORE = """
            SELECT count(*) AS letters FROM operations.dead_letters
            WHERE state = 'open' AND topic = ? AND failed_at < ?""";

    /** A record that is older than the deletion has nothing to do with the erasure. */
    private static final String OF_ERASURE = "SELECT " + LetterRows.COLUMNS + """
             FROM operations.dead_letters l
            WHERE l.state = 'open' AND l.failed_at >= ? AND (
                (l.topic LIKE 'face-enrolments.v1.%' AND l.key = ? AND NOT EXISTS (
                    SELECT FROM face_enrolments e WHERE e.user_id = l.key
                        AND (e.version > l.version OR e.version = l.version AND e.deleted_at IS NULL)))
                OR (l.key IN (SELECT item FROM access.erased_items WHERE owner = ?) AND NOT EXISTS (
                    SELECT FROM photos p WHERE p.photo_id = l.key
                        AND (p.version > l.version OR p.version = l.version AND p.deleted_at IS NULL))))
            ORDER BY l.letter LIMIT 1""";

    private final Postgres postgres;
    private final Clock clock;

    public LetterTable(Postgres postgres, Clock clock) {
        this.postgres = postgres;
        this.clock = clock;
    }

    /** How many letters of a pipeline with one code are open. */
    public record OpenCount(String pipeline, String code, long open) {}

    /** {@return how many letters are open, by pipeline and code; what has none is missing} */
    public List<OpenCount> open() {
        return postgres.run(connection -> Sql.list(
                connection,
                OPEN,
                row -> new OpenCount(row.getString("pipeline"), row.getString("code"), row.getLong("open"))));
    }

    /** {@return how many letters are open, by pipeline; a pipeline that has none is missing} */
    public Map<String, Long> openByPipeline() {
        var counts = new TreeMap<String, Long>();
        open().forEach(count -> counts.merge(count.pipeline(), count.open(), Long::sum));
        return counts;
    }

    /** The first record of a partition that belongs to an open letter. */
    public record OldestOpen(String topic, int partition, long offset) {}

    /** {@return the oldest record that belongs to an open letter, for each partition that has one} */
    public List<OldestOpen> oldestOpen() {
        return postgres.run(connection -> Sql.list(
                connection,
                OLDEST_OPEN,
                row -> new OldestOpen(row.getString("topic"), row.getInt("partition"), row.getLong("oldest"))));
    }

    /** {@return how many letters of the topic are open and failed before this time} */
    public long openBefore(String topic, Instant time) {
        return postgres.run(connection -> Sql.first(connection, OPEN_BEFORE, row -> row.getLong("letters"), topic, time)
                .orElse(0L));
    }

    /** {@return all letters, as groups with one topic and one code} */
    public List<LetterGroup> groups() {
        var lately = clock.instant().minus(LATELY);
        return postgres.run(connection -> Sql.list(connection, GROUPS, LetterTable::group, lately));
    }

    private static LetterGroup group(ResultSet row) throws SQLException {
        var counts = new EnumMap<LetterState, Long>(LetterState.class);
        for (var state : LetterState.values()) {
            var count = row.getLong(state.wireName());
            if (count > 0) {
                counts.put(state, count);
            }
        }
        return new LetterGroup(
                counts,
                LetterRows.required(Sql.time(row, "oldest")),
                LetterRows.required(Sql.time(row, "newest")),
                row.getLong("last_hour"),
                LetterRows.read(row));
    }

    /** {@return whether there is any letter of this topic} */
    public boolean knows(String topic) {
        return postgres.run(connection ->
                Sql.first(connection, KNOWS, row -> row.getInt(1), topic).isPresent());
    }

    /**
     * {@return the letters that the filter means, the newest first}
     *
     * @param before the letter after which the list begins; null for the newest
     */
    public List<Letter> list(LetterFilter filter, @Nullable LetterId before, int limit) {
        var where = Condition.of(filter);
        if (before != null) {
            where.and("(l.position, l.partition) < (?, ?)", before.offset(), before.partition());
        }
        var sql = "SELECT " + LetterRows.COLUMNS + " FROM operations.dead_letters l WHERE " + where.sql()
                + " ORDER BY l.position DESC, l.partition DESC LIMIT " + limit;
        return postgres.run(connection -> Sql.list(connection, sql, LetterRows::read, where.values()));
    }

    /** {@return the letter that this record belongs to; the record may be an older one of the letter} */
    public Optional<Letter> find(LetterId id) {
        return postgres.run(
                connection -> Sql.first(connection, FIND, LetterRows::read, id.topic(), id.partition(), id.offset()));
    }

    /** {@return what happened to the letter, the first thing first} */
    public List<Line> history(Letter letter) {
        return postgres.run(connection -> LetterHistory.read(connection, letter.number()));
    }

    /**
     * {@return the oldest open letter that has a deletion of a user's erasure; empty when there is none}
     *
     * @param owner the id of the user
     * @param since when the erasure was requested
     */
    public Optional<Letter> ofErasure(UUID owner, Instant since) {
        return postgres.run(
                connection -> Sql.first(connection, OF_ERASURE, LetterRows::read, since, owner.toString(), owner));
    }

    /** A condition on letters, with its values. */
    static final class Condition {
        private final StringBuilder sql = new StringBuilder("l.topic = ?");
        private final List<Object> values = new ArrayList<>();

        private Condition(String topic) {
            values.add(topic);
        }

        static Condition of(LetterFilter filter) {
            var where = new Condition(filter.topic());
            if (filter.code() != null) {
                where.and("l.code = ?", filter.code());
            }
            if (filter.key() != null) {
                where.and("l.key = ?", filter.key());
            }
            if (filter.since() != null) {
                where.and("l.failed_at >= ?", filter.since());
            }
            if (filter.state() != null) {
                where.and("l.state = ?", filter.state().wireName());
            }
            return where;
        }

        void and(String condition, Object... with) {
            sql.append(" AND ").append(condition);
            values.addAll(List.of(with));
        }

        String sql() {
            return sql.toString();
        }

        Object[] values() {
            return values.toArray();
        }
    }
}
