package io.sluice.importer;

import io.sluice.importer.sheet.Row;
import io.sluice.imports.values.DateForm;

/** Counts the times that a field of dates leaves out. The rules of the kind leave them out. */
final class TimeOfDate implements CellCorrection {
    private int times;

    @Override
    public What what() {
        return What.TIME;
    }

    @Override
    public void count(Row row, String cell) {
        times += DateForm.hasTime(cell) ? 1 : 0;
    }

    @Override
    public int corrected() {
        return times;
    }

    @Override
    public String correct(Row row, String cell) {
        return cell;
    }
}
