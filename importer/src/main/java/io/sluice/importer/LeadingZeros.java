package io.sluice.importer;

import io.sluice.importer.sheet.Row;
import io.sluice.imports.kind.Field;
import io.sluice.imports.kind.FieldType;
import io.sluice.imports.values.DroppedZeros;

/**
 * Puts back leading zeros that a spreadsheet program dropped. A number of a workbook always lacks them. A text lacks
 * them when its column does: where more texts of the column have a leading zero than lack one, no program took the
 * column for numbers, and a short text has lost another digit. One in ten such texts passes the check digit by chance;
 * so none of a column gets zeros back when most short ones would fail it with them.
 */
final class LeadingZeros implements CellCorrection {
    private final Field field;
    private final int column;
    private final int partner;
    private final boolean tellsNumbers;
    private int kept;
    private int lackedByTexts;
    private int lackedByNumbers;
    private int shortOfOthers;

    /**
     * Corrects one column.
     *
     * @param partner the column with the SIREN of a SIRET, or the other way round; -1 for none
     * @param tellsNumbers whether the file says which cells are numbers
     */
    LeadingZeros(Field field, int column, int partner, boolean tellsNumbers) {
        this.field = field;
        this.column = column;
        this.partner = partner;
        this.tellsNumbers = tellsNumbers;
    }

    @Override
    public What what() {
        return What.ZEROS;
    }

    @Override
    public void count(Row row, String cell) {
        var isNumber = isNumber(row);
        if (!isNumber && cell.charAt(0) == '0') {
            kept++;
        } else if (!restored(row, cell, isNumber).equals(cell)) {
            lackedByNumbers += isNumber ? 1 : 0;
            lackedByTexts += isNumber ? 0 : 1;
        } else if (DroppedZeros.failsCheckDigit(field, cell)) {
            shortOfOthers++;
        }
    }

    @Override
    public int corrected() {
        return (lacksZeros(true) ? lackedByNumbers : 0) + (lacksZeros(false) ? lackedByTexts : 0);
    }

    @Override
    public String correct(Row row, String cell) {
        var isNumber = isNumber(row);
        return lacksZeros(isNumber) ? restored(row, cell, isNumber) : cell;
    }

    /** A telephone number of one digit less cannot be a mistyped one: that would begin with a zero. */
    private boolean lacksZeros(boolean isNumber) {
        return field.type() == FieldType.PHONE
                || ((isNumber || lackedByTexts >= kept) && lackedByNumbers + lackedByTexts >= shortOfOthers);
    }

    private boolean isNumber(Row row) {
        return tellsNumbers && row.numbers().contains(column);
    }

    /** A text of no special form may have any number of digits, unless the file has no numbers at all. */
    private String restored(Row row, String cell, boolean isNumber) {
        if (field.type() == FieldType.TEXT && !isNumber && tellsNumbers) {
            return cell;
        }
        var cells = row.cells();
        return DroppedZeros.restored(
                field, cell, isNumber, partner >= 0 && partner < cells.size() ? cells.get(partner) : "");
    }
}
