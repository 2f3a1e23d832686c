package io.sluice.importer;

import io.sluice.importer.sheet.Row;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Text that no column of the header is there for. A file of errors shows it in columns of its own; when that file comes
 * back, a row is refused again for as long as there is text in them, so that no row is taken that was not mended.
 */
final class CellsBeyondHeader {
    private static final String NAME = "beyond the header ";
    private static final String TO_BE_MENDED = "mend this row, then empty this cell";

    private final BitSet named = new BitSet();
    private final List<String> header;
    private int most;

    /**
     * @param header of the file, as it stands there
     */
    CellsBeyondHeader(List<String> header) {
        var columns = new ArrayList<String>(header.size());
        int end = 0;
        for (var name : header) {
            var isOurs = name.strip().toLowerCase(Locale.ROOT).startsWith(NAME);
            named.set(columns.size(), isOurs);
            columns.add(isOurs ? "" : name);
            end = isOurs || name.isBlank() ? end : columns.size();
        }
        this.header = List.copyOf(columns.subList(0, end));
    }

    /** {@return the header without those columns, which are blank, and without its blank end} */
    List<String> header() {
        return header;
    }

    /** {@return whether a column of the file, from 0, is one of those that a file of errors has for such text} */
    boolean isNamed(int column) {
        return named.get(column);
    }

    /** Counts what a row has of it. */
    void count(Row row) {
        most = Math.max(most, of(row).size());
    }

    /** {@return what the columns for it are called, as many as the row needs that has the most} */
    List<String> names() {
        return IntStream.rangeClosed(1, most).mapToObj(CellsBeyondHeader::name).toList();
    }

    /**
     * {@return what a row has of it, without the blank cells at the end} The cells of a row that is wrong as a whole may look
     * right once they are written anew, so it gets some.
     */
    List<String> of(Row row) {
        var cells = new ArrayList<String>(0);
        for (int i = 0; i < row.cells().size(); i++) {
            if (i >= header.size() || named.get(i)) {
                cells.add(row.cells().get(i));
            }
        }
        while (!cells.isEmpty() && cells.getLast().isBlank()) {
            cells.removeLast();
        }
        if (row.faults().stream().anyMatch(fault -> fault.column() == null)) {
            cells.add(TO_BE_MENDED);
        }
        return cells;
    }

    /** Adds what a row has of it to the cells that it is shown with. */
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
