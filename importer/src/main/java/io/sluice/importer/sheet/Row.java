package io.sluice.importer.sheet;

import java.util.Collections;
import java.util.List;
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
 */
public record Row(int number, List<String> cells, Set<Integer> numbers, Set<Integer> missing, List<Fault> faults) {
    public Row {
        cells = Collections.unmodifiableList(cells);
        faults = List.copyOf(faults);
    }

    /** A row of texts. */
    public Row(int number, List<String> cells, List<Fault> faults) {
        this(number, cells, Set.of(), Set.of(), faults);
    }

    /**
     * What is wrong with a row.
     *
     * @param column from 0; null when the row as a whole is wrong
     * @param message continues a sentence that begins with the column's name
     */
    public record Fault(@Nullable Integer column, String message) {}
}
