package io.sluice.stores.letters;

import io.sluice.stores.letters.FailedRecord.Origin;
import io.sluice.stores.letters.FailedRecord.Reason;
import io.sluice.stores.postgres.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the rows of {@code operations.dead_letters}. */
final class LetterRows {
    static final String COLUMNS = """
            l.letter, l.topic, l.partition, l.position, l.pipeline, l.consumer_group, l.key, l.code, l.message,
            l.attempts, l.first_failed_at, l.failed_at, l.redrives, l.orig_topic, l.orig_partition, l.orig_offset,
            l.version, l.job_id, l.state""";

    private LetterRows() {}

    static Letter read(ResultSet row) throws SQLException {
        var record = new FailedRecord(
                id(row),
                new Origin(
                        row.getString("orig_topic"),
                        row.getInt("orig_partition"),
                        row.getLong("orig_offset"),
                        row.getString("consumer_group")),
                row.getString("pipeline"),
                row.getString("key"),
                new Reason(row.getString("code"), row.getString("message"), row.getInt("attempts")),
                Sql.time(row, "first_failed_at"),
                required(Sql.time(row, "failed_at")),
                row.getInt("redrives"),
                row.getObject("version", Long.class),
                row.getString("job_id"),
                null);
        return new Letter(row.getLong("letter"), record, row.getInt("redrives"), state(row));
    }

    static LetterId id(ResultSet row) throws SQLException {
        return new LetterId(row.getString("topic"), row.getInt("partition"), row.getLong("position"));
    }

    private static LetterState state(ResultSet row) throws SQLException {
        return LetterState.named(row.getString("state")).orElseThrow();
    }

    static <T> T required(@Nullable T value) {
        return Optional.ofNullable(value).orElseThrow();
    }
}
