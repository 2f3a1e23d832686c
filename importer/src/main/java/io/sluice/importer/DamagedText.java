package io.sluice.importer;

import io.sluice.importer.sheet.Row;
import io.sluice.importer.sheet.Row.Fault;
import io.sluice.importer.sheet.RowCursor;
import io.sluice.importer.sheet.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A sheet whose rows are wrong where they hold U+FFFD, which is in the place of a character that could not be read: by
 * the importer, or by the program that wrote the file.
 */
final class DamagedText implements Sheet {
    private static final char DAMAGE = '\uFFFD';
    private static final int NAMED = 10;
    private static final int QUOTED = 40;

    private final Sheet sheet;
    private final boolean isKept;
    private Found found = new Found();

    /** @param isKept whether rows with such characters are imported as they are */
    DamagedText(Sheet sheet, boolean isKept) {
        this.sheet = sheet;
        this.isKept = isKept;
    }

    /** What the cursor that was opened last has found so far. */
    private static final class Found {
        private int characters;
        private int rows;
        private final List<Integer> first = new ArrayList<>();
    }

    @Override
    public RowCursor rows() {
        found = new Found();
        return new Cursor(sheet.rows(), found, isKept);
    }

    /** {@return the sheet's notes, and once its rows were read, one about the damage in them} */
    @Override
    public List<String> notes() {
        if (found.characters == 0) {
            return sheet.notes();
        }
        var notes = new ArrayList<>(sheet.notes());
        notes.add(note());
        return notes;
    }

    @Override
    public Map<String, String> facts() {
        return sheet.facts();
    }

    @Override
    public boolean leavesOutBlankCells() {
        return sheet.leavesOutBlankCells();
    }

    @Override
    public boolean hasNamedCells() {
        return sheet.hasNamedCells();
    }

    @Override
    public boolean tellsNumbers() {
        return sheet.tellsNumbers();
    }

    private String note() {
        var rows = found.first.stream().map("%,d"::formatted).collect(Collectors.joining(", "));
        return "%,d %s not be read (%s), in %s %s%s; %s."
                .formatted(
                        found.characters,
                        found.characters == 1 ? "character could" : "characters could",
                        DAMAGE,
                        found.rows == 1 ? "row" : "the rows",
                        rows,
                        found.rows > NAMED ? ", …" : "",
                        isKept
                                ? "what is left of the text is kept, as keep_damaged asks"
                                : "each row below the header that has one is rejected");
    }

    private static final class Cursor implements RowCursor {
        private final RowCursor rows;
        private final Found found;
        private final boolean isKept;

        Cursor(RowCursor rows, Found found, boolean isKept) {
            this.rows = rows;
            this.found = found;
            this.isKept = isKept;
        }

        @Override
        public @Nullable Row next() {
            var row = rows.next();
            if (row == null || !isDamaged(row.cells())) {
                return row;
            }
            var faults = new ArrayList<>(row.faults());
            for (int column = 0; column < row.cells().size(); column++) {
                var cell = row.cells().get(column);
                var damaged =
                        Math.toIntExact(cell.chars().filter(c -> c == DAMAGE).count());
                if (damaged > 0) {
                    found.characters += damaged;
                    faults.add(new Fault(column, message(cell, damaged)));
                }
            }
            found.rows++;
            if (found.first.size() < NAMED) {
                found.first.add(row.number());
            }
            return isKept ? row : new Row(row.number(), row.cells(), row.numbers(), row.missing(), faults, row.marks());
        }

        @Override
        public void close() {
            rows.close();
        }

        private static boolean isDamaged(List<String> cells) {
            for (var cell : cells) {
                if (cell.indexOf(DAMAGE) >= 0) {
                    return true;
                }
            }
            return false;
        }

        private static String message(String cell, int damaged) {
            return "has %s that could not be read: '%s'; correct %s, or import with keep_damaged=true (--keep-damaged)"
                    .formatted(
                            damaged == 1 ? "a character" : "%,d characters".formatted(damaged),
                            StorableText.of(cell.strip(), QUOTED),
                            damaged == 1 ? "it" : "them");
        }
    }
}
