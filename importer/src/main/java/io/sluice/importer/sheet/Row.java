package io.sluice.importer.sheet;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row of a file, as it stands there.
 *
 * @param number as a spreadsheet program shows it, from 1
 * @param cells by column
 * @param numbers columns whose cell the file holds as a number, so that leading zeros are lost
 * @param missing columns that the row does not speak of, which is not the same as a blank cell; their cell is blank
 * @param faults what makes the row unusable, whatever its kind
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
     * @param column from 0; null when it is the row as a whole
     * @param message in words, to be read behind the column's name
     */
    public record Fault(@Nullable Integer column, String message) {}
}
