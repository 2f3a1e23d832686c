package io.sluice.stores.letters;

import io.sluice.stores.letters.Letter.Line;
import io.sluice.stores.postgres.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Writes and reads {@code operations.dead_letter_history}. */
final class LetterHistory {
    /** NUL cannot be stored. A detail is for people, so a space will do. */
    private static final String NUL = "\0";

    private static final String ADD = """
            INSERT INTO operations.dead_letter_history (letter, at, who, what, detail)
            SELECT letter, ?, ?, ?, ? FROM unnest(?::bigint[]) AS n (letter) ORDER BY letter""";

    private static final String READ = """
            SELECT at, who, what, detail FROM operations.dead_letter_history WHERE letter = ? ORDER BY line""";

    private LetterHistory() {}

    static void add(Connection connection, Collection<Long> letters, Line line) throws SQLException {
        if (!letters.isEmpty()) {
            var numbers = connection.createArrayOf("bigint", letters.toArray());
            Sql.update(
                    connection,
                    ADD,
                    line.at(),
                    line.who(),
                    line.what(),
                    line.detail().replace(NUL, " "),
                    numbers);
        }
    }

    static void add(Connection connection, long letter, Instant at, String who, String what, String detail)
            throws SQLException {
        add(connection, List.of(letter), new Line(at, who, what, detail));
    }

    static List<Line> read(Connection connection, long letter) throws SQLException {
        return Sql.list(
                connection,
                READ,
                row -> new Line(
                        LetterRows.required(Sql.time(row, "at")),
                        row.getString("who"),
                        row.getString("what"),
                        row.getString("detail")),
                letter);
    }
}
