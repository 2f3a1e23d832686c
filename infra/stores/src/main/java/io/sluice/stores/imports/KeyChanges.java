package io.sluice.stores.imports;

import io.sluice.imports.kind.ImportKind;
import io.sluice.stores.imports.KeyMove.Move;
import io.sluice.stores.postgres.ArrayParameters;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes what a {@link KeyMove} did into the table {@code import_key_changes}. */
final class KeyChanges {
    private static final String INSERT = """
            INSERT INTO import_key_changes (kind, change, old_key, new_key, detail)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])""";

    private final Connection connection;
    private final ImportKind kind;
    private int splits;
    private int references;

    KeyChanges(Connection connection, ImportKind kind) {
        this.connection = connection;
        this.kind = kind;
    }

    private record Line(String kind, String change, String oldKey, String newKey, String detail) {}

    void renamed(List<Move> moves) throws SQLException {
        write(moves.stream()
                .map(move -> new Line(
                        kind.name(), "renamed", move.oldKey(), move.newKey(), "it is '%s'".formatted(move.name())))
                .toList());
    }

    void kept(List<Move> moves) throws SQLException {
        write(moves.stream()
                .map(move -> new Line(
                        kind.name(),
                        "kept",
                        move.oldKey(),
                        move.newKey(),
                        "another row has the key of '%s'".formatted(move.name())))
                .toList());
    }

    /** Records a row that was made of another, which stood for it too. */
    void split(Move move, String newKey, String name, String parent) throws SQLException {
        splits++;
        write(List.of(new Line(
                kind.name(),
                "split",
                move.oldKey(),
                newKey,
                "it is '%s'%s".formatted(name, parent.isEmpty() ? "" : " within '" + parent + "'"))));
    }

    /** Records that rows of a kind name a row by its new key. */
    void reference(ImportKind from, String field, String oldText, String newText, int rows) throws SQLException {
        references += rows;
        write(List.of(new Line(
                from.name(), "reference", oldText, newText, "the field %s of %,d rows".formatted(field, rows))));
    }

    int splits() {
        return splits;
    }

    int references() {
        return references;
    }

    private void write(List<Line> lines) throws SQLException {
        if (lines.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(INSERT)) {
            var arrays = new ArrayParameters<>(statement, lines);
            arrays.texts(1, Line::kind);
            arrays.texts(2, Line::change);
            arrays.texts(3, Line::oldKey);
            arrays.texts(4, Line::newKey);
            arrays.texts(5, Line::detail);
            statement.executeUpdate();
        }
    }
}
