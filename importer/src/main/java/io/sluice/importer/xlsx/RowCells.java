package io.sluice.importer.xlsx;

import io.sluice.importer.sheet.FileLimits;
import io.sluice.importer.sheet.Row;
import io.sluice.importer.sheet.Row.Fault;
import io.sluice.importer.sheet.Row.Marks;
import io.sluice.importer.sheet.Row.Merged;
import io.sluice.imports.text.Folding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The cells of one row, while it is read. */
final class RowCells {
    private final FileLimits limits;
    private final int number;
    private final boolean hidden;
    private final List<String> cells;
    private Set<Integer> numbers = Set.of();
    private Set<Integer> overlong = Set.of();
    private Map<Integer, Merged> merged = Map.of();
    private List<Fault> faults = List.of();
    private int size;

    /**
     * Begins a row.
     *
     * @param expected how many cells it probably has
     */
    RowCells(int number, boolean hidden, int expected, FileLimits limits) {
        this.number = number;
        this.hidden = hidden;
        this.cells = new ArrayList<>(expected);
        this.limits = limits;
    }

    int number() {
        return number;
    }

    /** {@return how many cells there are, up to the last one with a value} */
    int size() {
        return cells.size();
    }

    /** {@return whether the row has neither values nor faults} */
    boolean isBlank() {
        return cells.isEmpty() && faults.isEmpty();
    }

    /** {@return the value of a column; blank when it has none} */
    String get(int column) {
        return column < cells.size() ? cells.get(column) : "";
    }

    boolean isNumber(int column) {
        return numbers.contains(column);
    }

    boolean isOverlong(int column) {
        return overlong.contains(column);
    }

    /** Adds a value to the row. Blank cells take no memory: sheets have thousands of them, for their colors. */
    void put(int column, String value) {
        if (Folding.isBlank(value)) {
            return;
        }
        if (column >= limits.columns()) {
            throw limits.tooManyColumns(number);
        }
        while (cells.size() <= column) {
            cells.add("");
        }
        size += value.length();
        if (!cells.get(column).isEmpty()) {
            fault(column, "has two values: open the file in Excel, and save it anew");
        }
        // the size alone rejects a row beyond the limit, so its further cells are not kept
        cells.set(column, size > 2 * FileLimits.ROW_LENGTH ? "" : value);
    }

    /** Marks a column as a number. */
    void number(int column) {
        numbers = numbers.isEmpty() ? new HashSet<>() : numbers;
        numbers.add(column);
    }

    /** Marks a column as a number of which digits are lost. */
    void overlong(int column) {
        overlong = overlong.isEmpty() ? new HashSet<>() : overlong;
        overlong.add(column);
    }

    /** Marks a column as a cell that has the value of a merged area. */
    void merged(int column, Merged area) {
        merged = merged.isEmpty() ? new HashMap<>() : merged;
        merged.put(column, area);
    }

    /** Adds what is wrong with a column. */
    void fault(int column, String message) {
        faults = faults.isEmpty() ? new ArrayList<>() : faults;
        faults.add(new Fault(column, message));
    }

    /** {@return the finished row} */
    Row row() {
        var marks =
                !hidden && overlong.isEmpty() && merged.isEmpty() ? Marks.NONE : new Marks(hidden, overlong, merged);
        return new Row(number, cells, numbers, Set.of(), faults, marks);
    }
}
