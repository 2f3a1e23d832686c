package io.sluice.stores.letters;

import io.sluice.stores.letters.FailedRecord.Origin;
import io.sluice.stores.postgres.JsonColumns;
import io.sluice.stores.postgres.Postgres;
import io.sluice.stores.postgres.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Notes what comes from Kafka: the records of dead-letter topics, and the news that a record which was sent back has
 * passed. Noting the same twice changes nothing. Each call throws a {@code PostgresException} when Postgres fails.
 */
public final class LetterArrivals {
    private static final String ROWS = """
            jsonb_to_recordset(?::jsonb) AS n (at integer, topic text, partition integer, position bigint,
                pipeline text, consumer_group text, key text, code text, message text, attempts integer,
                first_failed_at timestamptz, failed_at timestamptz, redrives integer, orig_topic text,
                orig_partition integer, orig_offset bigint, version bigint, job_id text, sent_topic text,
                sent_partition integer, sent_position bigint)
            """;

    private static final String KNOWN = """
            SELECT n.at FROM %s JOIN operations.dead_letter_records r
                ON r.topic = n.topic AND r.partition = n.partition AND r.position = n.position""".formatted(ROWS);

    /** A letter of the same origin; or the letter that this record replaces, edited. */
    private static final String LETTERS = """
            SELECT n.at, coalesce(
                (SELECT max(r.letter) FROM operations.dead_letter_records r
                    WHERE r.orig_topic = n.orig_topic AND r.orig_partition = n.orig_partition
                        AND r.orig_offset = n.orig_offset AND r.consumer_group = n.consumer_group),
                (SELECT r.letter FROM operations.dead_letter_records r
                    WHERE r.topic = n.topic AND n.sent_topic = n.topic
                        AND r.partition = n.sent_partition AND r.position = n.sent_position)) AS letter
            FROM %s""".formatted(ROWS);

    private static final String ADD = """
            WITH n AS (SELECT * FROM %s),
            l AS (
                INSERT INTO operations.dead_letters (topic, partition, position, pipeline, consumer_group, key, code,
                    message, attempts, first_failed_at, failed_at, redrives, orig_topic, orig_partition, orig_offset,
                    version, job_id, state)
                SELECT topic, partition, position, pipeline, consumer_group, key, code, message, attempts,
                    first_failed_at, failed_at, redrives, orig_topic, orig_partition, orig_offset, version, job_id,
                    'open'
                FROM n ORDER BY at
                RETURNING *),
            r AS (
                INSERT INTO operations.dead_letter_records (topic, partition, position, letter, consumer_group,
                    orig_topic, orig_partition, orig_offset, redrives)
                SELECT topic, partition, position, letter, consumer_group, orig_topic, orig_partition, orig_offset,
                    redrives
                FROM l)
            INSERT INTO operations.dead_letter_history (letter, at, who, what, detail)
            SELECT letter, failed_at, pipeline, 'failed', code || ': ' || message FROM l ORDER BY letter
            """.formatted(ROWS);

    private static final String MOST_REDRIVES =
            "SELECT max(redrives) AS most FROM operations.dead_letter_records WHERE letter = ?";

    private static final String ADD_RECORD = """
            INSERT INTO operations.dead_letter_records (topic, partition, position, letter, consumer_group,
                orig_topic, orig_partition, orig_offset, redrives) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String REOPEN = """
            UPDATE operations.dead_letters l SET
                partition = n.partition, position = n.position, pipeline = n.pipeline,
                consumer_group = n.consumer_group, key = n.key, code = n.code, message = n.message,
                attempts = n.attempts, first_failed_at = n.first_failed_at, failed_at = n.failed_at,
                redrives = greatest(l.redrives, n.redrives), orig_topic = n.orig_topic,
                orig_partition = n.orig_partition, orig_offset = n.orig_offset, version = n.version,
                job_id = n.job_id, state = 'open'
            FROM %s WHERE l.letter = ?""".formatted(ROWS);

    private static final String MEND = """
            UPDATE operations.dead_letters SET state = 'mended'
            WHERE topic = ? AND partition = ? AND position = ? AND state IN ('open', 'redriven') RETURNING letter""";

    private final Postgres postgres;

    public LetterArrivals(Postgres postgres) {
        this.postgres = postgres;
    }

    /**
     * A record that was sent back, and has passed.
     *
     * @param letter the letter that it was sent back from
     * @param stage what was done with it
     * @param jobId the job that heard of it
     */
    public record Passed(LetterId letter, Instant at, String stage, String jobId) {}

    /** Notes records of dead-letter topics, and then records that have passed, in one transaction. */
    public void add(List<FailedRecord> failed, List<Passed> passed) {
        if (failed.isEmpty() && passed.isEmpty()) {
            return;
        }
        postgres.transaction(connection -> {
            addNew(connection, failed);
            for (var one : passed) {
                mend(connection, one);
            }
            return true;
        });
    }

    private static void addNew(Connection connection, List<FailedRecord> failed) throws SQLException {
        var rows = IntStream.range(0, failed.size())
                .mapToObj(at -> Row.of(at, failed.get(at)))
                .toList();
        var json = JsonColumns.writeStorable(rows);
        var known = new HashSet<>(Sql.list(connection, KNOWN, row -> row.getInt("at"), json));
        var fresh = rows.stream().filter(row -> !known.contains(row.at())).toList();
        if (fresh.isEmpty()) {
            return;
        }
        var ofALetter = new HashSet<>(Sql.list(
                connection,
                "SELECT at FROM (" + LETTERS + ") AS found WHERE letter IS NOT NULL",
                row -> row.getInt("at"),
                JsonColumns.writeStorable(fresh)));
        var origins = new HashSet<Origin>();
        var first = new ArrayList<Row>();
        var others = new ArrayList<Row>();
        for (var row : fresh) {
            var isNew = !ofALetter.contains(row.at())
                    && origins.add(failed.get(row.at()).origin());
            (isNew ? first : others).add(row);
        }
        Sql.update(connection, ADD, JsonColumns.writeStorable(first));
        for (var row : others) {
            addOther(connection, row, failed.get(row.at()));
        }
    }

    /** Notes one more record of a letter that is known. The letter is open again if it was sent back since. */
    private static void addOther(Connection connection, Row row, FailedRecord record) throws SQLException {
        var json = JsonColumns.writeStorable(List.of(row));
        var letter = Sql.first(connection, LETTERS, found -> found.getLong("letter"), json)
                .orElseThrow();
        var most = Sql.first(connection, MOST_REDRIVES, found -> found.getInt("most"), letter)
                .orElse(0);
        Sql.update(
                connection,
                ADD_RECORD,
                row.topic(),
                row.partition(),
                row.position(),
                letter,
                row.consumerGroup(),
                row.origTopic(),
                row.origPartition(),
                row.origOffset(),
                row.redrives());
        var isBack = record.redrives() > most;
        if (isBack) {
            Sql.update(connection, REOPEN, json, letter);
        }
        LetterHistory.add(
                connection,
                letter,
                record.failedAt(),
                record.pipeline(),
                isBack ? "failed" : "repeated",
                (isBack ? "" : "the same record came again, as " + record.id().id() + "; ")
                        + record.reason().code() + ": " + record.reason().message());
    }

    /** A letter that has come back since, or was discarded, stays as it is. */
    private static void mend(Connection connection, Passed passed) throws SQLException {
        var id = passed.letter();
        Optional<Long> letter =
                Sql.first(connection, MEND, row -> row.getLong("letter"), id.topic(), id.partition(), id.offset());
        if (letter.isPresent()) {
            LetterHistory.add(connection, letter.get(), passed.at(), "pipeline", "mended", passed.stage());
        }
    }

    /** A record as JSON, with the columns of the tables. */
    private record Row(
            int at,
            String topic,
            int partition,
            long position,
            String pipeline,
            String consumerGroup,
            @Nullable String key,
            String code,
            String message,
            int attempts,
            @Nullable Instant firstFailedAt,
            Instant failedAt,
            int redrives,
            String origTopic,
            int origPartition,
            long origOffset,
            @Nullable Long version,
            @Nullable String jobId,
            @Nullable String sentTopic,
            @Nullable Integer sentPartition,
            @Nullable Long sentPosition) {
        static Row of(int at, FailedRecord record) {
            var sent = record.sentBackFrom();
            return new Row(
                    at,
                    record.id().topic(),
                    record.id().partition(),
                    record.id().offset(),
                    record.pipeline(),
                    record.origin().group(),
                    record.key(),
                    record.reason().code(),
                    record.reason().message(),
                    record.reason().attempts(),
                    record.firstFailedAt(),
                    record.failedAt(),
                    record.redrives(),
                    record.origin().topic(),
                    record.origin().partition(),
                    record.origin().offset(),
                    record.version(),
                    record.jobId(),
                    sent == null ? null : sent.topic(),
                    sent == null ? null : (Integer) sent.partition(),
                    sent == null ? null : (Long) sent.offset());
        }
    }
}
