package io.sluice.importer.sheet;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row of a file.
 *
 * @param number as a spreadsheet program shows it, from 1
 * @param cells by column
 * @param numbers columns whose cell is a number in the file, so that leading zeros are lost
 * @param missing columns that the row leaves out, which is not the same as a blank cell; their cell is blank
 * @param faults why the row cannot be used, whatever its kind
 * @param marks what else is known of the row and its cells
 */
public record Row(
        int number, List<String> cells, Set<Integer> numbers, Set<Integer> missing, List<Fault> faults, Marks marks) {
    public Row {
        cells = Collections.unmodifiableList(cells);
        faults = List.copyOf(faults);
    }

    /** A row without marks. */
    public Row(int number, List<String> cells, Set<Integer> numbers, Set<Integer> missing, List<Fault> faults) {
        this(number, cells, numbers, missing, faults, Marks.NONE);
    }

    /** A row of texts. */
    public Row(int number, List<String> cells, List<Fault> faults) {
        this(number, cells, Set.of(), Set.of(), faults);
    }

    /** {@return the row with other cells, of which these are merged} */
    public Row with(List<String> cells, Map<Integer, Merged> merged) {
        return new Row(number, cells, numbers, missing, faults, new Marks(marks.hidden(), marks.overlong(), merged));
    }

    /**
     * What is wrong with a row.
     *
     * @param column from 0; null when the row as a whole is wrong
     * @param message continues a sentence that begins with the column's name
     */
    public record Fault(@Nullable Integer column, String message) {}

    /**
     * What a workbook tells about a row besides its values.
     *
     * @param hidden whether a spreadsheet program does not show the row, because of a filter, say
     * @param overlong columns whose cell is a whole number of more than 15 digits. A spreadsheet program keeps only the
     *     first 15, so the value is an amount at best, and no key
     * @param merged by column, the cells that have the value of the merged area around them, and none of their own
     */
    public record Marks(boolean hidden, Set<Integer> overlong, Map<Integer, Merged> merged) {
        /** The marks of most rows. */
        public static final Marks NONE = new Marks(false, Set.of(), Map.of());
    }

    /**
     * A cell with the value of a merged area.
     *
     * @param area such as {@code A2:A5}
     * @param across whether it is beside the first column of the area, not below its first cell
     */
    public record Merged(String area, boolean across) {}
}
