package io.sluice.importer;

import io.sluice.importer.sheet.Row;
import io.sluice.importer.sheet.Sheet;
import java.util.ArrayList;
import java.util.List;

/**
 * What a sheet gives.
 *
 * @param rows the header before all
 */
public record ReadSheet(List<Row> rows, List<String> notes) {
    /** Reads it twice, as the importer does, and gives the second reading. */
    public static ReadSheet of(Sheet sheet) {
        read(sheet);
        return read(sheet);
    }

    private static ReadSheet read(Sheet sheet) {
        var rows = new ArrayList<Row>();
        try {
            var notes = sheet.read(row -> rows.add(row));
            return new ReadSheet(rows, notes);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** {@return the cells of all rows} */
    public List<List<String>> cells() {
        return rows.stream().map(Row::cells).toList();
    }

    /** {@return the numbers of all rows} */
    public List<Integer> numbers() {
        return rows.stream().map(Row::number).toList();
    }
}
