package io.sluice.importer;

import static io.sluice.importer.sheet.ImporterFailure.EMPTY_FILE;

import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.importer.sheet.Row;
import io.sluice.importer.sheet.RowCursor;
import io.sluice.importer.sheet.Sheet;
import io.sluice.imports.columns.RecognizedColumns;
import io.sluice.imports.columns.RecognizedColumns.UnusableHeaderException;
import io.sluice.imports.kind.ImportKind;
import io.sluice.imports.text.Excerpt;
import io.sluice.imports.text.Folding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the header of a file is. It is the first of the first {@value #MOST_ROWS} rows that has a column for each
 * required field: titles, dates and addresses may come before it.
 */
final class Header {
    private static final int MOST_ROWS = 30;
    private static final int MOST_NAMED = 5;

    private final Row row;
    private final List<Row> above;

    private Header(Row row, List<Row> above) {
        this.row = row;
        this.above = List.copyOf(above);
    }

    /**
     * Finds the header. When no row will do, it is the one that names most fields, and the first one of these.
     *
     * @param mapping columns assigned by hand, header to field
     * @throws FileRefusedException when the file has no rows
     */
    static Header of(Sheet sheet, ImportKind kind, Map<String, String> mapping) {
        var first = firstRows(sheet);
        if (first.isEmpty()) {
            throw new FileRefusedException(EMPTY_FILE, "The file has no rows.");
        }
        var at = sheet.hasNamedCells() ? 0 : index(first, kind, mapping);
        return new Header(first.get(at), first.subList(0, at));
    }

    /** {@return whether the sheet has a row that can be its header} */
    static boolean isIn(Sheet sheet, ImportKind kind, Map<String, String> mapping) {
        return firstRows(sheet).stream().anyMatch(row -> isUsable(cells(row), kind, mapping));
    }

    private static List<Row> firstRows(Sheet sheet) {
        var first = new ArrayList<Row>();
        try (var rows = sheet.rows()) {
            for (var row = rows.next(); row != null && first.size() < MOST_ROWS; row = rows.next()) {
                first.add(row);
                if (sheet.hasNamedCells()) {
                    break;
                }
            }
        }
        return first;
    }

    private static int index(List<Row> first, ImportKind kind, Map<String, String> mapping) {
        int best = 0;
        int most = 1;
        for (int i = 0; i < first.size(); i++) {
            var cells = cells(first.get(i));
            var known = RecognizedColumns.known(kind, cells);
            if (isUsable(cells, kind, mapping)) {
                return below(i, known, first, kind, mapping);
            }
            if (known > most) {
                best = i;
                most = known;
            }
        }
        return best;
    }

    /**
     * A usable row is still no header when a row below it is a better one: it is a title of one word, such as "Nom", or
     * the upper one of two rows whose cells are merged.
     */
    private static int below(int usable, int known, List<Row> first, ImportKind kind, Map<String, String> mapping) {
        var isTitle = cells(first.get(usable)).stream()
                        .filter(cell -> !Folding.isBlank(cell))
                        .count()
                == 1;
        for (int i = usable + 1; i < first.size(); i++) {
            var isUpper = i == usable + 1
                    && first.get(i).marks().merged().values().stream().anyMatch(cell -> !cell.across());
            var cells = cells(first.get(i));
            if ((isTitle || isUpper)
                    && RecognizedColumns.known(kind, cells) > known - (isUpper ? 1 : 0)
                    && isUsable(cells, kind, mapping)) {
                return i;
            }
        }
        return usable;
    }

    private static boolean isUsable(List<String> cells, ImportKind kind, Map<String, String> mapping) {
        try {
            RecognizedColumns.recognize(kind, new CellsBeyondHeader(cells).header(), mapping);
            return true;
        } catch (UnusableHeaderException e) {
            return false;
        }
    }

    /** A name that is merged over several columns is the name of the first one. */
    private static List<String> cells(Row row) {
        return without(row, column -> true).cells();
    }

    private static Row without(Row row, IntPredicate isUnwanted) {
        var merged = row.marks().merged();
        if (merged.isEmpty() || merged.values().stream().noneMatch(Row.Merged::across)) {
            return row;
        }
        var cells = new ArrayList<>(row.cells());
        var kept = new TreeMap<>(merged);
        merged.forEach((column, cell) -> {
            if (cell.across() && isUnwanted.test(column)) {
                cells.set(column, "");
                kept.remove(column);
            }
        });
        return row.with(cells, kept);
    }

    /** {@return the number of the row that is the header} */
    int rowNumber() {
        return row.number();
    }

    /** {@return whether no row is above it} */
    boolean isFirst() {
        return above.isEmpty();
    }

    /** {@return its cells} */
    List<String> cells() {
        return cells(row);
    }

    /**
     * {@return a cursor that begins below the header. A cell that is merged with the one at its left has its value only
     * in a column that has a name}
     */
    RowCursor below(Sheet sheet) {
        var rows = sheet.rows();
        var names = cells();
        for (int i = 0; i <= above.size(); i++) {
            rows.next();
        }
        return new RowCursor() {
            @Override
            public @Nullable Row next() {
                var next = rows.next();
                return next == null
                        ? null
                        : without(next, column -> column >= names.size() || Folding.isBlank(names.get(column)));
            }

            @Override
            public void close() {
                rows.close();
            }
        };
    }

    /** {@return what the sender of the file should know about its header, one sentence each} */
    List<String> notes() {
        var notes = new ArrayList<String>();
        if (!above.isEmpty()) {
            notes.add("The header is row %,d, and what is above it was not imported: %s."
                    .formatted(row.number(), named(above)));
        }
        var merged = row.marks().merged().values().stream()
                .filter(Row.Merged::across)
                .map(Row.Merged::area)
                .distinct()
                .limit(MOST_NAMED)
                .collect(Collectors.joining(", "));
        if (!merged.isEmpty()) {
            notes.add("A name that is merged over several columns (%s) is the name of the first of them only."
                    .formatted(merged));
        }
        return notes;
    }

    private static String named(List<Row> rows) {
        return Excerpt.ofAll(rows, MOST_NAMED, row -> "row %,d ('%s')".formatted(row.number(), text(row)));
    }

    private static String text(Row row) {
        return Excerpt.of(cells(row).stream()
                .filter(cell -> !Folding.isBlank(cell))
                .map(String::strip)
                .collect(Collectors.joining(" ")));
    }
}
