package io.sluice.importer;

import static org.assertj.core.api.Assertions.assertThat;

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
    /** Reads it once to its second row and twice to its end, and gives the last reading. */
    public static ReadSheet of(Sheet sheet) {
        try (var rows = sheet.rows()) {
            if (rows.next() != null) {
                rows.next();
            }
        }
        read(sheet);
        return read(sheet);
    }

    private static ReadSheet read(Sheet sheet) {
        var rows = new ArrayList<Row>();
        try (var cursor = sheet.rows()) {
            for (var row = cursor.next(); row != null; row = cursor.next()) {
                rows.add(row);
            }
            assertThat(cursor.next()).as("behind the last row").isNull();
        }
        return new ReadSheet(rows, sheet.notes());
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
