package io.sluice.stores.imports;

import static io.sluice.stores.imports.RowStatement.quoted;

import io.sluice.imports.kind.Field;
import io.sluice.imports.kind.ImportKind;
import io.sluice.schemas.imports.ImportRow.Reason;
import io.sluice.stores.imports.FoundCategories.CategoryName;
import io.sluice.stores.postgres.ArrayParameters;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Looks up and creates the categories that rows name. For each kind, one statement looks up the names of a whole batch.
 * When some are not there, one more looks up their slugs, and another creates the missing ones. Kinds and slugs are in
 * order, so that two batches cannot wait for each other.
 */
final class CategoryReferences {
    private final Connection connection;
    private final OffsetDateTime now;
    private final Map<String, ImportKind> kinds;
    private final Map<ReferencedTable, FoundCategories> known = new LinkedHashMap<>();
    private final Map<String, List<Reference>> references = new HashMap<>();

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
    private record ReferencedTable(String kind, Optional<String> parent) {
        private static final Comparator<ReferencedTable> ORDER = Comparator.comparing(ReferencedTable::kind)
                .thenComparing(referred -> referred.parent().orElse(""));
    }

    /** A field of a kind that names categories, and their table. */
    private record Reference(Field field, ReferencedTable table) {}

    /** A category that a row names. */
    private record Named(ReferringRow row, CategoryName name) {}

    /** Looks up the categories that the rows name, and creates the missing ones where a row allows it. */
    void resolve(Collection<ReferringRow> rows) throws SQLException {
        var named = new HashMap<ReferencedTable, List<Named>>();
        for (var row : rows) {
            for (var reference : references(row.kind())) {
                var name = nameIn(row, reference.field());
                if (!name.name().isEmpty()) {
                    named.computeIfAbsent(reference.table(), _ -> new ArrayList<>(rows.size()))
                            .add(new Named(row, name));
                }
            }
        }
        // parents first; otherwise in order, so that two batches cannot wait for each other
        var tables = named.keySet().stream()
                .sorted(Comparator.comparing((ReferencedTable table) ->
                                kind(table).key().within().isPresent())
                        .thenComparing(ReferencedTable.ORDER))
                .toList();
        for (var table : tables) {
            resolve(table, named.getOrDefault(table, List.of()));
        }
    }

    private void resolve(ReferencedTable referred, List<Named> named) throws SQLException {
        var names = new LinkedHashSet<CategoryName>();
        for (var each : named) {
            names.add(each.name());
        }
        var found = lookUp(referred, names);
        known.put(referred, found);
        var missing = new TreeMap<String, CategoryName>();
        for (var each : named) {
            var name = each.name();
            if (!each.row().creates() || each.row().dry() || found.has(name)) {
                continue;
            }
            var slug = found.slugOf(name);
            if (!slug.isEmpty()) {
                missing.merge(slug, name, FoundCategories::better);
            }
        }
        create(referred, List.copyOf(missing.entrySet()));
    }

    /** {@return why the row is rejected; empty when its categories exist or may be created} */
    List<Reason> reasons(ReferringRow row) {
        var reasons = new ArrayList<Reason>(0);
        for (var reference : references(row.kind())) {
            var field = reference.field();
            var name = nameIn(row, field);
            if (name.name().isEmpty()) {
                continue;
            }
            var found = Objects.requireNonNull(known.get(reference.table()));
            if (found.has(name)) {
                continue;
            }
            if (!row.creates()) {
                reasons.add(new Reason(field.name(), missing(name, found)));
            } else if (found.slugOf(name).isEmpty()) {
                reasons.add(new Reason(
                        field.name(),
                        "is '%s', which is not in %s and has nothing to make a slug of"
                                .formatted(name.name(), reference.table().kind())));
            }
        }
        return reasons;
    }

    private static String missing(CategoryName name, FoundCategories found) {
        var where = found.areWithinParents() && !name.parent().isEmpty() ? " within '" + name.parent() + "'" : "";
        return "is '%s', which is not in %s%s"
                .formatted(name.name(), found.kind().name(), where);
    }

    /** {@return the found rows of the kind that the parents of a kind's rows belong to} */
    private Optional<FoundCategories> parents(ImportKind kind) {
        return kind.key()
                .within()
                .flatMap(kind::field)
                .flatMap(Field::refersTo)
                .flatMap(parents -> known.values().stream()
                        .filter(each -> each.kind().name().equals(parents))
                        .findFirst());
    }

    /** Most names are found as they are written, so slugs are made only of the others, and looked up after them. */
    private FoundCategories lookUp(ReferencedTable referred, Set<CategoryName> names) throws SQLException {
        var kind = kind(referred);
        var found = new FoundCategories(kind, parents(kind));
        var texts = names.stream().map(CategoryName::name).collect(Collectors.toSet());
        lookUp(found, texts, texts);
        var slugs = found.slugsOfUnnamed(names);
        if (!slugs.isEmpty()) {
            lookUp(found, slugs, Set.of());
        }
        return found;
    }

    private void lookUp(FoundCategories found, Set<String> keys, Set<String> texts) throws SQLException {
        var kind = found.kind();
        var sql = "SELECT %1$s, name, %3$s FROM %2$s WHERE %1$s = ANY (?) OR name = ANY (?)"
                .formatted(
                        quoted(kind.key().name()),
                        KindTable.name(kind),
                        kind.key().within().map(RowStatement::quoted).orElse("NULL"));
        try (var statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", keys.toArray(String[]::new)));
            statement.setArray(2, connection.createArrayOf("text", texts.toArray(String[]::new)));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1), rows.getString(2), rows.getString(3));
                }
            }
        }
    }

    private void create(ReferencedTable referred, List<Map.Entry<String, CategoryName>> missing) throws SQLException {
        if (missing.isEmpty()) {
            return;
        }
        var parent = referred.parent().map(name -> ", " + quoted(name));
        var sql =
                "INSERT INTO %s (%s, name, created_at, updated_at%s) SELECT slug, name, now, now%s FROM unnest(?::text[], ?::text[], ?::text[]) AS n (slug, name, parent), (SELECT ?::timestamptz) AS a (now) ON CONFLICT DO NOTHING"
                        .formatted(
                                KindTable.name(referred.kind()),
                                quoted(kind(referred).key().name()),
                                parent.orElse(""),
                                parent.map(_ -> ", parent").orElse(""));
        try (var statement = connection.prepareStatement(sql)) {
            var arrays = new ArrayParameters<>(statement, missing);
            arrays.texts(1, Map.Entry::getKey);
            arrays.texts(2, each -> each.getValue().name());
            arrays.texts(
                    3,
                    each -> each.getValue().parent().isEmpty()
                            ? null
                            : each.getValue().parent());
            statement.setObject(4, now);
            statement.executeUpdate();
        }
    }

    private ImportKind kind(ReferencedTable referred) {
        var kind = kinds.get(referred.kind());
        if (kind == null) {
            throw new IllegalStateException("the table of " + referred.kind() + " is not prepared");
        }
        return kind;
    }

    /** {@return the category that a row names in a field, with the parent that the row names} */
    private static CategoryName nameIn(ReferringRow row, Field field) {
        return new CategoryName(
                text(row, field.name()),
                field.parent().map(parent -> text(row, parent)).orElse(""));
    }

    /** {@return the references of a kind, which are found once for a batch} */
    private List<Reference> references(ImportKind kind) {
        return references.computeIfAbsent(
                kind.name(),
                _ -> kind.fields().stream()
                        .filter(field -> field.refersTo().isPresent())
                        .map(field -> new Reference(
                                field, new ReferencedTable(field.refersTo().orElseThrow(), field.parent())))
                        .toList());
    }

    private static String text(ReferringRow row, String field) {
        return row.fields().getOrDefault(field, "");
    }
}
