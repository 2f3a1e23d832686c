package io.sluice.stores.imports;

import static io.sluice.stores.imports.RowStatement.quoted;

import io.sluice.imports.kind.Field;
import io.sluice.imports.kind.ImportKind;
import io.sluice.imports.kind.ImportKind.Target;
import io.sluice.imports.text.FormerSlug;
import io.sluice.stores.postgres.ArrayParameters;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the rows of a kind's table from the keys that were derived from their names by the former rule to those of the
 * present one, once, in the transaction of the caller. A key that is not the former slug of the row's name was given by
 * hand, and stays. A row whose new key belongs to another row stays too. The table {@code import_key_changes} says what
 * was done.
 */
final class KeyMove {
    private static final Logger LOG = LoggerFactory.getLogger(KeyMove.class);
    /** The rule of {@link io.sluice.imports.text.Slug}. */
    private static final int RULE = 2;

    private static final String MARK = "INSERT INTO import_key_rules (kind, rule) VALUES (?, " + RULE
            + ") ON CONFLICT (kind) DO UPDATE SET rule = excluded.rule, since = excluded.since";
    private static final String IS_MARKED = "SELECT count(*) FROM import_key_rules WHERE kind = ? AND rule >= " + RULE;

    private final Connection connection;
    private final ImportKind kind;
    private final Field key;

    private KeyMove(Connection connection, ImportKind kind) {
        this.connection = connection;
        this.kind = kind;
        this.key = kind.key();
    }

    /** A row whose key changes. */
    record Move(String oldKey, String newKey, String name, String parent) {}

    /** {@return whether the kind has a table whose keys are derived from names} */
    static boolean concerns(ImportKind kind) {
        return kind.target() == Target.TABLE && kind.key().derivedFrom().isPresent();
    }

    /** Records that a table that was just created has keys of the present rule. */
    static void mark(Connection connection, ImportKind kind) throws SQLException {
        if (concerns(kind)) {
            try (var statement = connection.prepareStatement(MARK)) {
                statement.setString(1, kind.name());
                statement.executeUpdate();
            }
        }
    }

    /**
     * Moves the rows of the table, unless that was done before. The table must exist.
     *
     * @param all every kind that has a table, because their rows may refer to the moved ones
     * @return how many keys changed
     */
    static int run(Connection connection, ImportKind kind, Collection<ImportKind> all) throws SQLException {
        return new KeyMove(connection, kind).run(all);
    }

    private int run(Collection<ImportKind> all) throws SQLException {
        ImportLocks.exclusive(connection, "table " + kind.name());
        if (isMarked()) {
            return 0;
        }
        try (var statement = connection.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = 0");
            statement.execute("LOCK TABLE " + KindTable.name(kind) + " IN SHARE ROW EXCLUSIVE MODE");
        }
        var pending = moves();
        var moved = new ArrayList<Move>();
        for (var free = free(pending); !free.isEmpty(); free = free(pending)) {
            rename(free);
            moved.addAll(free);
            pending.removeAll(Set.copyOf(free));
        }
        var changes = new KeyChanges(connection, kind);
        changes.renamed(moved);
        changes.kept(pending);
        var references = new MovedReferences(connection, kind, changes);
        references.follow(moved, all);
        mark(connection, kind);
        LOG.atInfo()
                .addKeyValue("kind", kind.name())
                .addKeyValue("renamed", moved.size())
                .addKeyValue("kept", pending.size())
                .addKeyValue("split", changes.splits())
                .addKeyValue("references", changes.references())
                .log("keys moved to names; see the table import_key_changes");
        return moved.size();
    }

    private boolean isMarked() throws SQLException {
        try (var statement = connection.prepareStatement(IS_MARKED)) {
            statement.setString(1, kind.name());
            try (var rows = statement.executeQuery()) {
                return rows.next() && rows.getInt(1) > 0;
            }
        }
    }

    /** {@return the rows whose key is the former one and not the present one, in the order of their keys} */
    private List<Move> moves() throws SQLException {
        var name = quoted(key.derivedFrom().orElseThrow());
        var sql = "SELECT %1$s, %2$s, %3$s FROM %4$s WHERE %2$s IS NOT NULL ORDER BY %1$s"
                .formatted(
                        quoted(key.name()),
                        name,
                        key.within().map(RowStatement::quoted).orElse("NULL"),
                        KindTable.name(kind));
        var moves = new ArrayList<Move>();
        try (var statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(1_000);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var old = rows.getString(1);
                    var parent = rows.getString(3) == null ? "" : rows.getString(3);
                    var derived = key.slugOf(rows.getString(2), parent);
                    if (old.equals(FormerSlug.of(rows.getString(2))) && !derived.equals(old) && !derived.isEmpty()) {
                        moves.add(new Move(old, derived, rows.getString(2), parent));
                    }
                }
            }
        }
        return moves;
    }

    /** {@return those moves whose new key no row of the table has now} */
    private List<Move> free(List<Move> pending) throws SQLException {
        var taken = new HashSet<String>();
        var sql = "SELECT %1$s FROM %2$s WHERE %1$s = ANY (?)".formatted(quoted(key.name()), KindTable.name(kind));
        try (var statement = connection.prepareStatement(sql)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "text", pending.stream().map(Move::newKey).toArray()));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    taken.add(rows.getString(1));
                }
            }
        }
        return pending.stream().filter(move -> taken.add(move.newKey())).toList();
    }

    private void rename(List<Move> moves) throws SQLException {
        var sql =
                "UPDATE %1$s t SET %2$s = n.new, updated_at = now() FROM unnest(?::text[], ?::text[]) AS n (old, new) WHERE t.%2$s = n.old"
                        .formatted(KindTable.name(kind), quoted(key.name()));
        try (var statement = connection.prepareStatement(sql)) {
            var arrays = new ArrayParameters<>(statement, moves);
            arrays.texts(1, Move::oldKey);
            arrays.texts(2, Move::newKey);
            statement.executeUpdate();
        }
    }
}
