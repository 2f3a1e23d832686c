package io.sluice.importer.xlsx;

import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.importer.sheet.ImporterFailure;
import io.sluice.importer.sheet.Row.Merged;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.poi.ss.util.CellRangeAddress;
import org.jspecify.annotations.Nullable;

/**
 * The merged areas of a sheet. A file has the value of an area in its first cell only, and lists the areas behind all
 * rows. So a sheet is looked through for them before its rows are read. An area takes the same memory, however many
 * cells it has.
 */
final class MergedAreas {
    private static final int MOST = 200_000;
    private static final String ELEMENT = "mergeCell";

    /** By their first row. */
    private final List<CellRangeAddress> areas;

    private MergedAreas(List<CellRangeAddress> areas) {
        this.areas = areas;
    }

    /**
     * Finds the areas of a sheet.
     *
     * @param part opens the sheet at its beginning
     */
    static MergedAreas read(Supplier<Reader> part) {
        var areas = new ArrayList<CellRangeAddress>();
        if (!mayHaveAny(part)) {
            return new MergedAreas(areas);
        }
        try (var xml = new PartReader(part.get())) {
            while (xml.next()) {
                if (xml.begins(ELEMENT)) {
                    var area = area(xml.attribute("ref"));
                    if (area != null && !isOneCell(area)) {
                        areas.add(area);
                    }
                    if (areas.size() > MOST) {
                        throw new FileRefusedException(
                                ImporterFailure.FILE_TOO_LARGE,
                                "The sheet has more than %,d merged areas; separate them.".formatted(MOST));
                    }
                }
            }
        }
        areas.sort(Comparator.comparingInt(CellRangeAddress::getFirstRow));
        return new MergedAreas(areas);
    }

    /** Most sheets have no areas. To search for a word takes a fraction of the time to parse the sheet. */
    private static boolean mayHaveAny(Supplier<Reader> part) {
        var chars = new char[1 << 16];
        int kept = 0;
        try (var reader = part.get()) {
            for (int read = reader.read(chars, 0, chars.length);
                    read >= 0;
                    read = reader.read(chars, kept, chars.length - kept)) {
                var text = new String(chars, 0, kept + read);
                if (text.contains(ELEMENT)) {
                    return true;
                }
                kept = Math.min(ELEMENT.length() - 1, text.length());
                text.getChars(text.length() - kept, text.length(), chars, 0);
            }
            return false;
        } catch (IOException e) {
            throw PartReader.damaged(e);
        }
    }

    private static boolean isOneCell(CellRangeAddress area) {
        return area.getFirstRow() == area.getLastRow() && area.getFirstColumn() == area.getLastColumn();
    }

    private static @Nullable CellRangeAddress area(@Nullable String reference) {
        try {
            return reference == null ? null : CellRangeAddress.valueOf(reference);
        } catch (IllegalArgumentException e) {
            return null; // spreadsheet programs do not merge anything, either
        }
    }

    /** {@return whether the sheet has none} */
    boolean isEmpty() {
        return areas.isEmpty();
    }

    /**
     * {@return a filler for one reading of the rows}
     *
     * @param columns how many columns may be filled
     */
    Filler filler(int columns) {
        return new Filler(areas, columns);
    }

    /** Gives cells the value of the merged area around them, row by row, from the first one on. */
    static final class Filler {
        private final List<CellRangeAddress> areas;
        private final @Nullable Open[] open;
        private int next;
        private int width;

        /** An area that the current row may be in, and the value of its first cell. */
        private static final class Open {
            private final CellRangeAddress area;
            private final String name;
            private String value = "";
            private boolean isNumber;
            private boolean isOverlong;

            Open(CellRangeAddress area) {
                this.area = area;
                this.name = area.formatAsString();
            }
        }

        private Filler(List<CellRangeAddress> areas, int columns) {
            this.areas = areas;
            this.open = new Open[columns];
        }

        /** Fills a row, which has all its own cells. A row without any stays as it is. */
        void fill(RowCells row) {
            var number = row.number() - 1;
            while (next < areas.size() && areas.get(next).getFirstRow() <= number) {
                begin(areas.get(next++));
            }
            for (int column = 0; column < width; column++) {
                var around = open[column];
                if (around == null) {
                    continue;
                }
                if (around.area.getLastRow() < number) {
                    open[column] = null;
                } else if (around.area.getFirstRow() == number && around.area.getFirstColumn() == column) {
                    around.value = row.get(column);
                    around.isNumber = row.isNumber(column);
                    around.isOverlong = row.isOverlong(column);
                } else if (!around.value.isEmpty() && row.get(column).isEmpty()) {
                    fill(row, column, around);
                }
            }
        }

        private void begin(CellRangeAddress area) {
            var around = new Open(area);
            var end = Math.min(area.getLastColumn() + 1, open.length);
            for (int column = area.getFirstColumn(); column < end; column++) {
                open[column] = around;
            }
            width = Math.max(width, end);
        }

        private static void fill(RowCells row, int column, Open around) {
            row.put(column, around.value);
            row.merged(column, new Merged(around.name, around.area.getFirstColumn() != column));
            if (around.isNumber) {
                row.number(column);
            }
            if (around.isOverlong) {
                row.overlong(column);
            }
        }
    }
}
