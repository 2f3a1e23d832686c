package io.sluice.importer;

import io.sluice.importer.sheet.Row;
import io.sluice.imports.kind.Field;
import io.sluice.imports.text.Folding;
import io.sluice.imports.text.KeyText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes keys alike that look alike: a person who types or pastes a key cannot see a no-break space, a soft hyphen or a
 * mark of the direction of writing in it. Rows that are sent as JSON are corrected like those of a file; the id of a
 * product that is saved by itself, and keys of records on a topic, stay as they are.
 */
final class LookAlikeKey implements CellCorrection {
    private static final int MOST_ROWS = 10;

    private final boolean ignoresSpaces;
    private final List<Integer> firstRows = new ArrayList<>();
    private int corrected;

    LookAlikeKey(Field key) {
        this.ignoresSpaces = switch (key.type()) {
            case SIRET, SIREN, POSTCODE, PHONE -> true;
            case TEXT, EMAIL, URL, NAF, SLUG, INTEGER, DECIMAL, DATE, BOOLEAN -> false;
        };
    }

    @Override
    public What what() {
        return What.KEY;
    }

    @Override
    public void count(Row row, String cell) {
        var key = KeyText.normalized(cell);
        if (!key.equals(cell) && !stored(key).equals(stored(cell))) {
            corrected++;
            if (firstRows.size() < MOST_ROWS) {
                firstRows.add(row.number());
            }
        }
    }

    @Override
    public int corrected() {
        return corrected;
    }

    @Override
    public String where() {
        return firstRows.stream()
                .map(String::valueOf)
                .collect(Collectors.joining(
                        ", ",
                        firstRows.size() == 1 ? " (row " : " (rows ",
                        corrected > MOST_ROWS ? " and others)" : ")"));
    }

    @Override
    public String correct(Row row, String cell) {
        return KeyText.normalized(cell);
    }

    /** Returns a key without the white space that would be removed anyway. */
    private String stored(String key) {
        return ignoresSpaces ? Folding.withoutSpaces(key) : Folding.strip(key);
    }
}
