package io.sluice.stores.imports;

import io.sluice.imports.kind.Field;
import io.sluice.imports.kind.ImportKind;
import io.sluice.imports.text.Slug;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one kind that were found for the names of a batch. Where a name is unique only within a parent, a name
 * belongs to a row when both have the same parent, or one of them has none.
 */
final class FoundCategories {
    private final ImportKind kind;
    /** The rows that names within a parent belong to; empty when their kind was not looked up. */
    private final Optional<FoundCategories> ofParents;

    private final Map<String, FoundRow> byKey = new HashMap<>();
    private final Map<String, List<FoundRow>> byText = new HashMap<>();
    private final Map<CategoryName, Set<String>> slugs = new HashMap<>();
    private final Map<CategoryName, Boolean> isFound = new HashMap<>();
    private final Map<String, String> parentKeys = new HashMap<>();

    FoundCategories(ImportKind kind, Optional<FoundCategories> ofParents) {
        this.kind = kind;
        this.ofParents = ofParents;
    }

    /**
     * A category that a row names.
     *
     * @param name its name or key
     * @param parent name or key of its parent, as the row has it; empty for none
     */
    record CategoryName(String name, String parent) {}

    /** {@return which of two texts for one category is its name: not one that may be its key, or has no parent} */
    static CategoryName better(CategoryName one, CategoryName other) {
        var order = Comparator.comparing((CategoryName each) -> Slug.isOne(each.name()))
                .thenComparing(each -> each.parent().isEmpty());
        return order.compare(one, other) <= 0 ? one : other;
    }

    private record FoundRow(String key, String name, String parent) {}

    ImportKind kind() {
        return kind;
    }

    /** Adds a row of the table, unless it was added before. */
    void add(String key, @Nullable String name, @Nullable String parent) {
        var row = new FoundRow(key, Objects.requireNonNullElse(name, key), Objects.requireNonNullElse(parent, ""));
        if (byKey.putIfAbsent(key, row) == null) {
            byText.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(row);
            if (!row.name().equals(key)) {
                byText.computeIfAbsent(row.name(), _ -> new ArrayList<>(1)).add(row);
            }
        }
    }

    /** {@return the keys that may be derived from those of the names that no row has as its name or key} */
    Set<String> slugsOfUnnamed(Collection<CategoryName> names) {
        return names.stream()
                .filter(name -> !isNamed(name))
                .flatMap(name -> slugsOf(name).stream())
                .collect(Collectors.toSet());
    }

    /** {@return the key that is derived from the name, for a new row} */
    String slugOf(CategoryName name) {
        return slugsOf(name).iterator().next();
    }

    /**
     * Returns the keys that may be derived from the name, first that for a new row. Where the slug begins with that of
     * the parent, there is one for the name of the parent, one for its key, and one for the text of the row.
     */
    Set<String> slugsOf(CategoryName name) {
        return slugs.computeIfAbsent(name, this::derived);
    }

    private Set<String> derived(CategoryName name) {
        var derived = new LinkedHashSet<String>(4);
        if (areWithinParents()) {
            ofParents.flatMap(found -> found.one(name.parent())).ifPresent(parent -> {
                derived.add(kind.key().slugOf(name.name(), parent.name()));
                derived.add(kind.key().slugOf(name.name(), parent.key()));
            });
        }
        derived.add(kind.key().slugOf(name.name(), name.parent()));
        return derived;
    }

    /** {@return whether a name is unique only within a parent} */
    boolean areWithinParents() {
        return kind.key().within().isPresent();
    }

    /** {@return whether one of the rows has this name; asked when all rows have been added} */
    boolean has(CategoryName name) {
        return isFound.computeIfAbsent(name, _ -> isNamed(name) || isKeyed(name));
    }

    private boolean isKeyed(CategoryName name) {
        for (var slug : slugsOf(name)) {
            if (byKey.containsKey(slug)) {
                return true;
            }
        }
        return false;
    }

    private boolean isNamed(CategoryName name) {
        var named = byText.getOrDefault(name.name(), List.of());
        if (named.isEmpty() || !areWithinParents() || name.parent().isEmpty()) {
            return !named.isEmpty();
        }
        var wanted = parentKey(name.parent());
        for (var row : named) {
            if (row.parent().isEmpty() || parentKey(row.parent()).equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private String parentKey(String text) {
        return parentKeys.computeIfAbsent(
                text,
                _ -> ofParents
                        .flatMap(found -> found.one(text))
                        .map(FoundRow::key)
                        .orElseGet(() -> Slug.of(text, Field.USUAL_LENGTH)));
    }

    /** Returns the row with this key or name, or else with the key that is derived from it. */
    private Optional<FoundRow> one(String text) {
        var named = byText.getOrDefault(text, List.of());
        var rows = named.isEmpty() ? byText.getOrDefault(kind.key().slugOf(text, ""), List.of()) : named;
        return rows.stream()
                .min(Comparator.comparing((FoundRow row) -> !row.key().equals(text))
                        .thenComparing(row -> !row.name().equals(text))
                        .thenComparing(FoundRow::key));
    }
}
