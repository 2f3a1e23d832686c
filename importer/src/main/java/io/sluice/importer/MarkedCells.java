package io.sluice.importer;

import io.sluice.importer.sheet.Row;
import io.sluice.importer.sheet.Row.Fault;
import io.sluice.imports.columns.Column;
import io.sluice.imports.columns.RecognizedColumns;
import io.sluice.imports.kind.FieldType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a workbook marks about rows and cells: counts it for the notes, and says where digits are lost. */
final class MarkedCells {
    private static final String DIGITS_LOST =
            "is a number of more than 15 digits, of which a spreadsheet program keeps 15: format the column as text, and"
                    + " enter it again";

    private final RecognizedColumns columns;
    private int hidden;
    private int merged;
    private int overlong;
    private @Nullable String firstArea;

    MarkedCells(RecognizedColumns columns) {
        this.columns = columns;
    }

    /** Counts what a row has. */
    void count(Row row) {
        var marks = row.marks();
        hidden += marks.hidden() ? 1 : 0;
        if (!marks.merged().isEmpty() && firstArea == null) {
            firstArea = marks.merged().values().stream()
                    .map(Row.Merged::area)
                    .findFirst()
                    .orElse(null);
        }
        merged += marks.merged().size();
        for (var column : marks.overlong()) {
            overlong += isAmount(column) ? 1 : 0;
        }
    }

    /** {@return what is wrong with the row: numbers whose lost digits matter} */
    List<Fault> faults(Row row) {
        var overlong = row.marks().overlong();
        if (overlong.isEmpty()) {
            return List.of();
        }
        return overlong.stream()
                .sorted()
                .filter(column -> isUsed(column) && !isAmount(column))
                .map(column -> new Fault(column, DIGITS_LOST))
                .toList();
    }

    /** Of an amount, the first 15 digits are what is known. Of a key, a telephone number or a text, all are needed. */
    private boolean isAmount(int column) {
        return columns.field(column)
                .filter(field -> field.type() == FieldType.DECIMAL)
                .isPresent();
    }

    private boolean isUsed(int column) {
        return column < columns.all().size()
                && switch (columns.all().get(column)) {
                    case Column.OfField _, Column.Kept _ -> true;
                    case Column.Unused _, Column.Skipped _ -> false;
                };
    }

    /** {@return what the sender of the file should know, one sentence each} */
    List<String> notes() {
        var notes = new ArrayList<String>();
        if (hidden > 0) {
            notes.add(
                    "%,d hidden %s imported like all others.".formatted(hidden, hidden == 1 ? "row was" : "rows were"));
        }
        if (merged > 0) {
            notes.add("%,d merged %s the value of the first cell of %s area, such as %s."
                    .formatted(
                            merged,
                            merged == 1 ? "cell was given" : "cells were given",
                            merged == 1 ? "its" : "their",
                            firstArea));
        }
        if (overlong > 0) {
            notes.add("%,d %s more than 15 digits, of which a spreadsheet program keeps 15."
                    .formatted(overlong, overlong == 1 ? "number has" : "numbers have"));
        }
        return notes;
    }
}
