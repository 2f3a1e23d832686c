package io.sluice.stores.imports;

import static io.sluice.stores.imports.RowStatement.quoted;

import io.sluice.imports.kind.Field;
import io.sluice.imports.kind.ImportKind;
import io.sluice.imports.text.Slug;
import io.sluice.schemas.imports.ImportRow.Reason;
import io.sluice.stores.postgres.ArrayParameters;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks up and creates the categories that rows name. For each kind, one statement looks up the names of a whole batch,
 * and one more creates the missing ones. Kinds and slugs are in order, so that two batches cannot wait for each other.
 */
final class CategoryReferences {
    private final Connection connection;
    private final OffsetDateTime now;
    private final Map<String, ImportKind> kinds;
    private final Map<ReferencedTable, Set<String>> known = new LinkedHashMap<>();

    /** @param kinds the kinds whose table is prepared, by name */
    CategoryReferences(Connection connection, OffsetDateTime now, Map<String, ImportKind> kinds) {
        this.connection = connection;
        this.now = now;
        this.kinds = kinds;
    }

    /**
     * A row that may name categories.
     *
     * @param creates whether missing categories are created; otherwise the row is rejected
     * @param dry whether this is a dry run, in which nothing is created
     */
    record ReferringRow(ImportKind kind, Map<String, String> fields, boolean creates, boolean dry) {}

    /** A table that rows refer to, and its column that names the parent. */
    private record ReferencedTable(String kind, Optional<String> parent) implements Comparable<ReferencedTable> {
        private static final Comparator<ReferencedTable> ORDER = Comparator.comparing(ReferencedTable::kind)
                .thenComparing(referred -> referred.parent().orElse(""));

        @Override
        public int compareTo(ReferencedTable other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * A category to create.
     *
     * @param parent name of its parent, as the row has it; empty for none
     */
    private record NewCategory(String slug, String name, String parent) {}

    /** Looks up the categories that the rows name, and creates the missing ones where a row allows it. */
    void resolve(Collection<ReferringRow> rows) throws SQLException {
        var named = new TreeMap<ReferencedTable, List<ReferringRow>>();
        var fields = new HashMap<ReferencedTable, Set<Field>>();
        for (var row : rows) {
            for (var field : row.kind().fields()) {
                if (field.refersTo().isPresent() && !text(row, field.name()).isEmpty()) {
                    var referred = referred(field);
                    named.computeIfAbsent(referred, _ -> new ArrayList<>()).add(row);
                    fields.computeIfAbsent(referred, _ -> new LinkedHashSet<>()).add(field);
                }
            }
        }
        for (var each : named.entrySet()) {
            resolve(each.getKey(), each.getValue(), fields.getOrDefault(each.getKey(), Set.of()));
        }
    }

    private void resolve(ReferencedTable referred, List<ReferringRow> rows, Set<Field> fields) throws SQLException {
        var texts = new HashSet<String>();
        for (var row : rows) {
            fields.forEach(field -> texts.add(text(row, field.name())));
        }
        texts.remove("");
        var found = lookUp(referred, texts);
        known.put(referred, found);
        var missing = new TreeMap<String, NewCategory>();
        for (var row : rows) {
            for (var field : fields) {
                var name = text(row, field.name());
                if (!row.creates() || row.dry() || isKnown(found, name)) {
                    continue;
                }
                var slug = Slug.of(name);
                if (!slug.isEmpty()) {
                    var parent = field.parent().map(other -> text(row, other)).orElse("");
                    missing.merge(
                            slug,
                            new NewCategory(slug, name, parent),
                            (a, b) -> a.parent().isEmpty() ? b : a);
                }
            }
        }
        create(referred, List.copyOf(missing.values()));
    }

    /** {@return why the row is rejected; empty when its categories exist or may be created} */
    List<Reason> reasons(ReferringRow row) {
        var reasons = new ArrayList<Reason>(0);
        for (var field : row.kind().fields()) {
            if (field.refersTo().isEmpty()) {
                continue;
            }
            var name = text(row, field.name());
            var found = known.getOrDefault(referred(field), Set.of());
            if (name.isEmpty() || isKnown(found, name)) {
                continue;
            }
            var table = field.refersTo().get();
            if (!row.creates()) {
                reasons.add(new Reason(field.name(), "is '%s', which is not in %s".formatted(name, table)));
            } else if (Slug.of(name).isEmpty()) {
                reasons.add(new Reason(
                        field.name(),
                        "is '%s', which is not in %s and has no letter a to z or digit to make a slug of"
                                .formatted(name, table)));
            }
        }
        return reasons;
    }

    private static boolean isKnown(Set<String> slugsAndNames, String name) {
        return slugsAndNames.contains(name) || slugsAndNames.contains(Slug.of(name));
    }

    private Set<String> lookUp(ReferencedTable referred, Set<String> texts) throws SQLException {
        var slugs = new HashSet<>(texts);
        texts.forEach(text -> slugs.add(Slug.of(text)));
        var sql = "SELECT %1$s, name FROM %2$s WHERE %1$s = ANY (?) OR name = ANY (?)"
                .formatted(key(referred), KindTable.name(referred.kind()));
        try (var statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", slugs.toArray(String[]::new)));
            statement.setArray(2, connection.createArrayOf("text", texts.toArray(String[]::new)));
            var found = new HashSet<String>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                    Optional.ofNullable(rows.getString(2)).ifPresent(found::add);
                }
            }
            return found;
        }
    }

    private void create(ReferencedTable referred, List<NewCategory> missing) throws SQLException {
        if (missing.isEmpty()) {
            return;
        }
        var parent = referred.parent().map(name -> ", " + quoted(name));
        var sql =
                "INSERT INTO %s (%s, name, created_at, updated_at%s) SELECT slug, name, now, now%s FROM unnest(?::text[], ?::text[], ?::text[]) AS n (slug, name, parent), (SELECT ?::timestamptz) AS a (now) ON CONFLICT DO NOTHING"
                        .formatted(
                                KindTable.name(referred.kind()),
                                key(referred),
                                parent.orElse(""),
                                parent.map(_ -> ", parent").orElse(""));
        try (var statement = connection.prepareStatement(sql)) {
            var arrays = new ArrayParameters<>(statement, missing);
            arrays.texts(1, NewCategory::slug);
            arrays.texts(2, NewCategory::name);
            arrays.texts(3, each -> each.parent().isEmpty() ? null : each.parent());
            statement.setObject(4, now);
            statement.executeUpdate();
        }
    }

    private String key(ReferencedTable referred) {
        var kind = kinds.get(referred.kind());
        if (kind == null) {
            throw new IllegalStateException("the table of " + referred.kind() + " is not prepared");
        }
        return quoted(kind.key().name());
    }

    private static ReferencedTable referred(Field field) {
        return new ReferencedTable(field.refersTo().orElseThrow(), field.parent());
    }

    private static String text(ReferringRow row, String field) {
        return row.fields().getOrDefault(field, "");
    }
}
