package io.sluice.imports.columns;

import io.sluice.imports.columns.Column.Kept;
import io.sluice.imports.columns.Column.OfField;
import io.sluice.imports.columns.Column.Skipped;
import io.sluice.imports.columns.Column.Unused;
import io.sluice.imports.columns.RecognizedColumns.UnusableHeaderException;
import io.sluice.imports.kind.Field;
import io.sluice.imports.kind.ImportKind;
import io.sluice.imports.kind.ImportKind.Target;
import io.sluice.imports.text.Excerpt;
import io.sluice.imports.text.Folding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Recognizes the columns of one header. */
final class ColumnRecognizer {
    private static final int LONGEST = 255;
    private static final int MOST_NAMED = 50;
    /** Columns that a file of errors has in addition to those of the file that was sent. */
    private static final Set<String> OF_ERRORS = Set.of("rownumber", "error");

    private final ImportKind kind;
    private final List<String> header;
    private final IntPredicate hasValues;
    private final Map<String, Field> byHeader = new HashMap<>();
    private final Map<Integer, String> given;
    private final Map<String, Integer> columnOf = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final List<String> ignored = new ArrayList<>();
    private final List<String> ofErrors = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    ColumnRecognizer(ImportKind kind, List<String> header, Map<String, String> given, IntPredicate hasValues) {
        this.kind = kind;
        this.header = header.stream().map(Folding::oneLine).toList();
        this.hasValues = hasValues;
        for (var field : kind.fields()) {
            byHeader.put(Folding.header(field.name()), field);
            field.synonyms().forEach(synonym -> byHeader.put(Folding.header(synonym), field));
        }
        this.given = byColumn(given);
    }

    RecognizedColumns columns() {
        given.forEach(this::assign);
        var columns = new ArrayList<Column>();
        for (var i = 0; i < header.size(); i++) {
            columns.add(column(i));
        }
        requireFields();
        if (!ofErrors.isEmpty()) {
            notes.add("Left out, because a file of errors has them: %s.".formatted(named(ofErrors)));
        }
        if (!kept.isEmpty()) {
            notes.add("No field of %s, and kept in %s as they are: %s."
                    .formatted(kind.name(), ImportKind.EXTRA, named(kept)));
        }
        if (!ignored.isEmpty()) {
            notes.add("Not used, because %s has no such field: %s.".formatted(kind.name(), named(ignored)));
        }
        return new RecognizedColumns(columns, notes);
    }

    private Column column(int column) {
        var text = header.get(column);
        if (text.isEmpty()) {
            return nameless(column);
        }
        if (text.codePointCount(0, text.length()) > LONGEST) {
            throw new UnusableHeaderException(
                    "The header of column %d has more than %d characters: is the header missing from the file?"
                            .formatted(column + 1, LONGEST));
        }
        var assigned = given.get(column);
        if (assigned != null) {
            return kind.field(assigned)
                    .<Column>map(field -> new OfField(unique(text), field))
                    .orElseGet(() -> new Kept(unique(text), assigned));
        }
        var folded = Folding.header(text);
        var field = byHeader.get(folded);
        if (field == null) {
            return OF_ERRORS.contains(folded) ? ofErrors(text) : unknown(column, text);
        }
        var winner = columnOf.get(field.name());
        if (winner != null && given.containsKey(winner)) {
            var isFieldName = kind.field(text).isPresent();
            var other = leftOver(unique(isFieldName ? text + " (2)" : text));
            notes.add("Column '%s' is %s: '%s' was given as %s."
                    .formatted(text, fate(other), header.get(winner), field.name()));
            return other;
        }
        assign(column, field.name());
        return new OfField(unique(text), field);
    }

    private void assign(int column, String name) {
        var other = columnOf.putIfAbsent(name, column);
        if (other != null && other != column) {
            throw new UnusableHeaderException("Columns '%s' (%d) and '%s' (%d) are both %s: %s"
                    .formatted(
                            header.get(other), other + 1, header.get(column), column + 1, name, choice(other, name)));
        }
    }

    /** An assigned column wins over one that is recognized as the same field, but not over another assigned one. */
    private String choice(int column, String name) {
        if (given.containsKey(column) || kind.field(name).isEmpty()) {
            return "rename or remove one of them";
        }
        var text = header.get(column);
        var quote = text.indexOf('\'') < 0 ? '\'' : '"';
        return "rename or remove one of them, or name the one to use: --map %s%s=%s%s, or in a call mapping={\"%s\":\"%s\"}"
                .formatted(quote, text, name, quote, text.replace("\\", "\\\\").replace("\"", "\\\""), name);
    }

    private Column nameless(int column) {
        var name = "column " + (column + 1);
        if (!hasValues.test(column)) {
            return new Skipped(name);
        }
        var other = leftOver(unique(name));
        notes.add("Column %d has values but no header: it is %s.".formatted(column + 1, fate(other)));
        return other;
    }

    private Column leftOver(String name) {
        return kind.keeps(name) ? new Kept(name, name) : new Unused(name);
    }

    private static String fate(Column leftOver) {
        return leftOver instanceof Kept ? "kept as '%s'".formatted(leftOver.header()) : "not used";
    }

    private Column ofErrors(String text) {
        ofErrors.add(text);
        return new Skipped(text);
    }

    private Column unknown(int column, String text) {
        var metadata = metadata(text);
        if (isMetadata(metadata)) {
            assign(column, metadata);
            return new Kept(unique(text), metadata);
        }
        var unique = unique(text);
        if (!unique.equals(text)) {
            notes.add("There is more than one column '%s': one of them is called '%s'.".formatted(text, unique));
        }
        var other = leftOver(unique);
        (other instanceof Kept ? kept : ignored).add(unique);
        return other;
    }

    /** {@return the name of a product's metadata with its prefix written properly; any other text as it is} */
    private static String metadata(String text) {
        var dot = text.indexOf('.') + 1;
        return ImportKind.METADATA.equals(Folding.header(text.substring(0, dot)))
                ? ImportKind.METADATA + text.substring(dot).strip()
                : text;
    }

    private String unique(String text) {
        var name = text;
        for (var n = 2; !taken.add(name); n++) {
            name = "%s (%d)".formatted(text, n);
        }
        return name;
    }

    private void requireFields() {
        var missing = kind.fields().stream()
                .filter(Field::required)
                .filter(field -> !isThere(field))
                .toList();
        if (!missing.isEmpty()) {
            var wanted = missing.stream()
                    .map(field -> field.name() + alsoCalled(field))
                    .collect(Collectors.joining(", nor for "));
            throw new UnusableHeaderException(
                    "There is no column for %s. The first row has: %s. Rename a column, or assign columns to fields"
                            .formatted(wanted, found()));
        }
    }

    private boolean isThere(Field field) {
        return columnOf.containsKey(field.name())
                || field.derivedFrom().filter(columnOf::containsKey).isPresent();
    }

    private static String alsoCalled(Field field) {
        var synonyms = field.synonyms().stream().limit(3).collect(Collectors.joining(", "));
        return synonyms.isEmpty() ? "" : " (or " + synonyms + ")";
    }

    private String found() {
        var names = header.stream().filter(text -> !text.isEmpty()).toList();
        return names.isEmpty() ? "nothing" : named(names);
    }

    private Map<Integer, String> byColumn(Map<String, String> byName) {
        Map<Integer, String> byColumn = new LinkedHashMap<>();
        byName.forEach((name, field) -> {
            if (kind.field(field).isEmpty() && !isMetadata(field)) {
                throw new UnusableHeaderException("There is no field '%s' for column '%s'; %s has: %s"
                        .formatted(field, name, kind.name(), kind.fieldNames()));
            }
            if (byColumn.put(columnOf(name), field) != null) {
                throw new UnusableHeaderException("Column '%s' is assigned to a field twice".formatted(name));
            }
        });
        return byColumn;
    }

    private boolean isMetadata(String name) {
        return kind.target() == Target.PRODUCTS && kind.keeps(name);
    }

    private int columnOf(String name) {
        var clean = Folding.oneLine(name);
        var folded = Folding.header(clean);
        return Stream.of(
                        columns(i -> header.get(i).equals(clean)),
                        columns(i -> !folded.isEmpty()
                                && Folding.header(header.get(i)).equals(folded)))
                .flatMapToInt(found -> found)
                .findFirst()
                .orElseThrow(() -> new UnusableHeaderException(
                        "There is no column '%s'; the first row has: %s".formatted(name, found())));
    }

    private IntStream columns(IntPredicate which) {
        return IntStream.range(0, header.size()).filter(which);
    }

    private static String named(List<String> names) {
        return Excerpt.ofAll(names, MOST_NAMED, Excerpt::of);
    }
}
