package io.sluice.imports.columns;

import io.sluice.imports.kind.Field;
import io.sluice.imports.kind.ImportKind;
import io.sluice.imports.text.Folding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The columns of a file, after they were recognized.
 *
 * @param all in the order of the file
 * @param notes what the sender of the file should know, such as which columns are not used
 */
public record RecognizedColumns(List<Column> all, List<String> notes) {
    public RecognizedColumns {
        all = List.copyOf(all);
        notes = List.copyOf(notes);
    }

    /** As {@link #recognize(ImportKind, List, Map, IntPredicate)}, for a file that has values in every column. */
    public static RecognizedColumns recognize(ImportKind kind, List<String> header, Map<String, String> given) {
        return recognize(kind, header, given, _ -> true);
    }

    /**
     * Recognizes columns by their headers. Case, accents, spaces, underscores, hyphens and apostrophes make no
     * difference.
     *
     * @param header as in the file; blank for columns without a name
     * @param given columns assigned by hand, header to field; they win
     * @param hasValues whether a column, from 0, has a value below the header; asked only about columns with a blank
     *     header
     * @throws UnusableHeaderException when a required field has no column, when two columns are one field, or when an
     *     assigned column or field does not exist; the message says what to do
     */
    public static RecognizedColumns recognize(
            ImportKind kind, List<String> header, Map<String, String> given, IntPredicate hasValues) {
        return new ColumnRecognizer(kind, header, given, hasValues).columns();
    }

    /** {@return how many fields of a kind this row names, so that it may be a header} */
    public static int known(ImportKind kind, List<String> row) {
        var headers = row.stream().map(Folding::header).collect(Collectors.toSet());
        return (int) kind.fields().stream()
                .filter(field -> Stream.concat(Stream.of(field.name()), field.synonyms().stream())
                        .map(Folding::header)
                        .anyMatch(headers::contains))
                .count();
    }

    /** {@return the headers under which rejected rows are shown, in the order of the file} */
    public List<String> header() {
        return all.stream()
                .filter(column -> !(column instanceof Column.Skipped))
                .map(Column::header)
                .toList();
    }

    /** {@return by header, the field of each column, or the name under which it is kept when that is another} */
    public Map<String, String> mapping() {
        Map<String, String> mapping = new LinkedHashMap<>();
        for (var column : all) {
            switch (column) {
                case Column.OfField(var header, var field) -> mapping.put(header, field.name());
                case Column.Kept(var header, var name) when !header.equals(name) -> mapping.put(header, name);
                case Column.Kept _, Column.Unused _, Column.Skipped _ -> {}
            }
        }
        return mapping;
    }

    /** {@return the field of a column, counted from 0, if it has one} */
    public Optional<Field> field(int column) {
        return column < all.size() && all.get(column) instanceof Column.OfField known
                ? Optional.of(known.field())
                : Optional.empty();
    }

    /** As {@link #fields(List, Set)}, for a row with a value for every column. */
    public Map<String, String> fields(List<String> cells) {
        return fields(cells, Set.of());
    }

    /**
     * Returns the values of a row by field or kept name, ready for {@link io.sluice.imports.values.RowRules}.
     *
     * @param cells in the order of the file; those missing at the end are blank
     * @param missing columns, from 0, that the row leaves out
     */
    public Map<String, String> fields(List<String> cells, Set<Integer> missing) {
        Map<String, String> fields = new LinkedHashMap<>(2 * all.size());
        for (var i = 0; i < all.size(); i++) {
            if (missing.contains(i)) {
                continue;
            }
            switch (all.get(i)) {
                case Column.OfField known -> fields.put(known.field().name(), cell(cells, i));
                case Column.Kept kept -> fields.put(kept.name(), cell(cells, i));
                case Column.Unused _, Column.Skipped _ -> {}
            }
        }
        return fields;
    }

    /** As {@link #cells(List, Set)}, for a row with a value for every column. */
    public Map<String, String> cells(List<String> cells) {
        return cells(cells, Set.of());
    }

    /** {@return the cells of a row by {@linkplain #header() header}, without the missing ones} */
    public Map<String, String> cells(List<String> cells, Set<Integer> missing) {
        Map<String, String> shown = new LinkedHashMap<>(2 * all.size());
        for (var i = 0; i < all.size(); i++) {
            if (!missing.contains(i) && !(all.get(i) instanceof Column.Skipped)) {
                shown.put(all.get(i).header(), cell(cells, i));
            }
        }
        return shown;
    }

    private static String cell(List<String> cells, int column) {
        return column < cells.size() ? cells.get(column) : "";
    }

    /** The columns of a file cannot be recognized by its header. */
    public static final class UnusableHeaderException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnusableHeaderException(String message) {
            super(message);
        }
    }
}
