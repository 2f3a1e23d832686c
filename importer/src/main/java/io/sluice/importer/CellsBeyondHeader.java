package io.sluice.importer;

import io.sluice.importer.sheet.Row;
import io.sluice.imports.text.Folding;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Cells with text in columns that the header does not name. The file of errors shows them in columns of its own, named
 * {@code beyond the header 1} and so on. When that file is sent again, a row is rejected as long as one of those
 * columns has text, so no row is imported before it was mended.
 */
final class CellsBeyondHeader {
    private static final String NAME = "beyond the header ";
    private static final String TO_BE_MENDED = "mend this row, then empty this cell";

    private final BitSet named = new BitSet();
    private final List<String> header;
    private int most;

    /**
     * Takes the columns of an earlier file of errors out of a header.
     *
     * @param header as it is in the file
     */
    CellsBeyondHeader(List<String> header) {
        var columns = new ArrayList<String>(header.size());
        int end = 0;
        for (var name : header) {
            var isOurs = name.strip().toLowerCase(Locale.ROOT).startsWith(NAME);
            named.set(columns.size(), isOurs);
            columns.add(isOurs ? "" : name);
            end = isOurs || Folding.isBlank(name) ? end : columns.size();
        }
        this.header = List.copyOf(columns.subList(0, end));
    }

    /** {@return the header without blank names at its end; a column of an earlier file of errors has a blank name} */
    List<String> header() {
        return header;
    }

    /** {@return whether a column, from 0, is one that an earlier file of errors added} */
    boolean isNamed(int column) {
        return named.get(column);
    }

    /** Remembers how many such cells the row has. */
    void count(Row row) {
        most = Math.max(most, of(row).size());
    }

    /** {@return the names of the columns to add to a file of errors, as many as the longest row needs} */
    List<String> names() {
        return IntStream.rangeClosed(1, most).mapToObj(CellsBeyondHeader::name).toList();
    }

    /**
     * Returns the cells of a row that are beyond the header, without blank ones at the end. A row with a fault as a
     * whole gets one more cell: written into a file of errors, its cells might look right.
     */
    List<String> of(Row row) {
        if (row.faults().isEmpty() && row.cells().size() <= header.size() && named.isEmpty()) {
            return List.of(); // as most rows
        }
        var cells = new ArrayList<String>(0);
        for (int i = 0; i < row.cells().size(); i++) {
            if (i >= header.size() || named.get(i)) {
                cells.add(row.cells().get(i));
            }
        }
        while (!cells.isEmpty() && Folding.isBlank(cells.getLast())) {
            cells.removeLast();
        }
        if (row.faults().stream().anyMatch(fault -> fault.column() == null)) {
            cells.add(TO_BE_MENDED);
        }
        return cells;
    }

    /** Adds the row's cells beyond the header to the cells that are shown with its rejection. */
    void addTo(Map<String, String> shown, Row row) {
        var cells = of(row);
        for (int i = 0; i < cells.size(); i++) {
            shown.put(name(i + 1), cells.get(i));
        }
    }

    private static String name(int number) {
        return NAME + number;
    }
}
