package io.sluice.importer.csv;

import io.sluice.importer.sheet.FileLimits;
import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.importer.sheet.Row;
import java.util.List;
import java.util.Objects;

/**
 * The first cell in which two readings of a file differ.
 *
 * @param place of the cell, such as {@code row 2, name:}
 * @param one the cell in one reading, cut to what can be shown
 * @param other the cell in the other reading
 */
record FirstDifference(String place, String one, String other) {
    private static final int SHOWN = 60;

    static FirstDifference of(String one, String other, FileLimits limits) {
        try {
            return inCells(one, other, limits);
        } catch (FileRefusedException e) {
            return inLines(one, other); // no cells can be read from it
        }
    }

    private static FirstDifference inCells(String one, String other, FileLimits limits) {
        var dialect = Dialect.of(one);
        try (var rows = new CsvRows(one, dialect, CsvScan.of(one, dialect, limits));
                var others = new CsvRows(other, dialect, CsvScan.of(other, dialect, limits))) {
            List<String> header = List.of();
            for (var row = rows.next(); row != null; row = rows.next()) {
                header = header.isEmpty() ? row.cells() : header;
                var its = others.next();
                var cells = its == null ? List.<String>of() : its.cells();
                for (int i = 0; i < row.cells().size(); i++) {
                    var there = i < cells.size() ? cells.get(i) : "";
                    if (!there.equals(row.cells().get(i))) {
                        return new FirstDifference(
                                place(row, header, i),
                                shown(row.cells().get(i), there),
                                shown(there, row.cells().get(i)));
                    }
                }
            }
        }
        return inLines(one, other);
    }

    private static String place(Row row, List<String> header, int column) {
        var isBelowHeader = !Objects.equals(row.cells(), header);
        var name =
                isBelowHeader && column < header.size() && !header.get(column).isBlank()
                        ? header.get(column).strip()
                        : "column " + (column + 1);
        return "row %,d, %s:".formatted(row.number(), name);
    }

    private static FirstDifference inLines(String one, String other) {
        var lines = one.lines().toList();
        var others = other.lines().toList();
        for (int i = 0; i < Math.min(lines.size(), others.size()); i++) {
            if (!lines.get(i).equals(others.get(i))) {
                return new FirstDifference(
                        "line %,d:".formatted(i + 1),
                        shown(lines.get(i), others.get(i)),
                        shown(others.get(i), lines.get(i)));
            }
        }
        return new FirstDifference("line 1:", shown(one, other), shown(other, one));
    }

    /** {@return the text around the place where it differs from another} */
    private static String shown(String text, String other) {
        int at = 0;
        while (at < Math.min(text.length(), other.length()) && text.charAt(at) == other.charAt(at)) {
            at++;
        }
        var from = at < SHOWN - 20 ? 0 : at - 20;
        var to = Math.min(text.length(), from + SHOWN);
        return (from > 0 ? "…" : "") + text.substring(from, to).strip() + (to < text.length() ? "…" : "");
    }
}
