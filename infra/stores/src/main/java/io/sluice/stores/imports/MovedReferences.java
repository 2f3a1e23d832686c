package io.sluice.stores.imports;

import static io.sluice.stores.imports.RowStatement.quoted;

import io.sluice.imports.kind.Field;
import io.sluice.imports.kind.ImportKind;
import io.sluice.imports.text.FormerSlug;
import io.sluice.imports.text.Slug;
import io.sluice.stores.imports.KeyMove.Move;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets the rows that name a row of a moved table follow it. A text that is the former key becomes the new key; a text
 * that is a name stays. When rows name one row by different names, or within different parents, each of them gets a row
 * of its own.
 */
final class MovedReferences {
    private final Connection connection;
    private final ImportKind kind;
    private final KeyChanges changes;

    MovedReferences(Connection connection, ImportKind kind, KeyChanges changes) {
        this.connection = connection;
        this.kind = kind;
        this.changes = changes;
    }

    /** A text that rows have in a field, and the text in the field of their parent; empty for none. */
    private record Naming(String text, String parent) {}

    void follow(List<Move> moved, Collection<ImportKind> all) throws SQLException {
        var parentKeys = parentKeys(all);
        for (var from : all) {
            for (var field : from.fields()) {
                if (field.refersTo().filter(kind.name()::equals).isPresent()) {
                    follow(moved, parentKeys, from, field);
                }
            }
        }
    }

    private void follow(List<Move> moved, Map<String, String> parentKeys, ImportKind from, Field field)
            throws SQLException {
        var isWithin = kind.key().within().isPresent() && kind.key().within().equals(field.parent());
        var parentField = isWithin ? quoted(field.parent().orElseThrow()) : "NULL::text";
        var namings = namings(from, field, parentField);
        var byOldKey = unmoved(namings);
        moved.forEach(move -> byOldKey.put(move.oldKey(), move));
        for (var naming : namings) {
            var move = byOldKey.get(FormerSlug.of(naming.text()));
            if (move == null) {
                continue;
            }
            var isKey = naming.text().equals(move.oldKey());
            var name = isKey ? move.name() : naming.text();
            var parent = isOther(naming.parent(), move.parent(), parentKeys) ? naming.parent() : move.parent();
            var newKey = kind.key().slugOf(name, parent);
            if (!newKey.equals(move.newKey()) && !newKey.isEmpty() && insert(newKey, name, parent)) {
                changes.split(move, newKey, name, parent);
            }
            if (isKey && !newKey.equals(naming.text()) && !naming.text().equals(move.name())) {
                var rows = rename(from, field, parentField, naming, newKey);
                changes.reference(from, field.name(), naming.text(), newKey, rows);
            }
        }
    }

    private static boolean isOther(String named, String parent, Map<String, String> parentKeys) {
        return !named.isEmpty()
                && !parent.isEmpty()
                && !parentKey(named, parentKeys).equals(parentKey(parent, parentKeys));
    }

    /** {@return the rows that the texts name and whose derived key did not change, by that key} */
    private Map<String, Move> unmoved(List<Naming> namings) throws SQLException {
        var name = quoted(kind.key().derivedFrom().orElseThrow());
        var sql = "SELECT %1$s, %2$s, coalesce(%3$s, '') FROM %4$s WHERE %1$s = ANY (?) AND %2$s IS NOT NULL"
                .formatted(
                        quoted(kind.key().name()),
                        name,
                        kind.key().within().map(RowStatement::quoted).orElse("NULL::text"),
                        KindTable.name(kind));
        var found = new HashMap<String, Move>();
        try (var statement = connection.prepareStatement(sql)) {
            var keys =
                    namings.stream().map(naming -> FormerSlug.of(naming.text())).toArray();
            statement.setArray(1, connection.createArrayOf("text", keys));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var key = rows.getString(1);
                    if (key.equals(FormerSlug.of(rows.getString(2)))) {
                        found.put(key, new Move(key, key, rows.getString(2), rows.getString(3)));
                    }
                }
            }
        }
        return found;
    }

    private List<Naming> namings(ImportKind from, Field field, String parentField) throws SQLException {
        var sql = "SELECT DISTINCT %1$s, coalesce(%2$s, '') FROM %3$s WHERE %1$s IS NOT NULL ORDER BY 1, 2"
                .formatted(quoted(field.name()), parentField, KindTable.name(from));
        var namings = new ArrayList<Naming>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                namings.add(new Naming(rows.getString(1), rows.getString(2)));
            }
        }
        return namings;
    }

    /** A row without a parent has none afterwards. */
    private boolean insert(String newKey, String name, String parent) throws SQLException {
        var within = kind.key().within().map(RowStatement::quoted);
        var sql = "INSERT INTO %s (%s, %s%s) VALUES (?, ?%s) ON CONFLICT DO NOTHING"
                .formatted(
                        KindTable.name(kind),
                        quoted(kind.key().name()),
                        quoted(kind.key().derivedFrom().orElseThrow()),
                        within.map(column -> ", " + column).orElse(""),
                        within.isPresent() ? ", nullif(?, '')" : "");
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, newKey);
            statement.setString(2, name);
            if (within.isPresent()) {
                statement.setString(3, parent);
            }
            return statement.executeUpdate() > 0;
        }
    }

    private int rename(ImportKind from, Field field, String parentField, Naming naming, String newKey)
            throws SQLException {
        var sql = "UPDATE %1$s SET %2$s = ?, updated_at = now() WHERE %2$s = ? AND coalesce(%3$s, '') = ?"
                .formatted(KindTable.name(from), quoted(field.name()), parentField);
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, newKey);
            statement.setString(2, naming.text());
            statement.setString(3, naming.parent());
            return statement.executeUpdate();
        }
    }

    /** {@return the key of each parent, by its key and by its name} */
    private Map<String, String> parentKeys(Collection<ImportKind> all) throws SQLException {
        var found = new HashMap<String, String>();
        var parents = kind.key().within().flatMap(kind::field).flatMap(Field::refersTo);
        for (var parent : all) {
            if (parents.filter(parent.name()::equals).isPresent()) {
                var sql =
                        "SELECT %s, name FROM %s".formatted(quoted(parent.key().name()), KindTable.name(parent));
                try (var statement = connection.createStatement();
                        var rows = statement.executeQuery(sql)) {
                    while (rows.next()) {
                        found.put(rows.getString(1), rows.getString(1));
                        found.putIfAbsent(String.valueOf(rows.getString(2)), rows.getString(1));
                    }
                }
            }
        }
        return found;
    }

    private static String parentKey(String text, Map<String, String> parentKeys) {
        var slug = Slug.of(text, Field.USUAL_LENGTH);
        return parentKeys.getOrDefault(text, parentKeys.getOrDefault(slug, slug));
    }
}
