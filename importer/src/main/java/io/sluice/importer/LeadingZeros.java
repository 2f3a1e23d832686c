package io.sluice.importer;

import io.sluice.importer.sheet.Row;
import io.sluice.imports.columns.RecognizedColumns;
import io.sluice.imports.kind.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Puts back leading zeros that a spreadsheet program dropped from a number, where the field has a fixed number of
 * digits.
 */
final class LeadingZeros {
    private final int[] digits;

    LeadingZeros(RecognizedColumns columns) {
        this.digits = IntStream.range(0, columns.all().size())
                .map(column -> columns.field(column).map(Field::padTo).orElse(0))
                .toArray();
    }

    /** {@return how many cells of the row lack zeros} */
    int missing(Row row) {
        int count = 0;
        for (var column : row.numbers()) {
            count += missing(column, row.cells().get(column)) > 0 ? 1 : 0;
        }
        return count;
    }

    /** {@return the row's cells with their zeros} */
    List<String> restored(Row row) {
        if (row.numbers().isEmpty()) {
            return row.cells();
        }
        var cells = new ArrayList<>(row.cells());
        for (var column : row.numbers()) {
            var number = cells.get(column);
            cells.set(column, "0".repeat(missing(column, number)) + number);
        }
        return cells;
    }

    private int missing(int column, String number) {
        return column < digits.length && number.chars().allMatch(LeadingZeros::isDigit)
                ? Math.max(0, digits[column] - number.length())
                : 0;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
