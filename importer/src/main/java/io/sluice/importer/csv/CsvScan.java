package io.sluice.importer.csv;

import static io.sluice.importer.sheet.ImporterFailure.UNCLOSED_QUOTE;

import io.sluice.importer.sheet.FileLimits;
import io.sluice.importer.sheet.FileRefusedException;
import java.util.BitSet;

/**
 * Looks at each character of a text once, before the parser cuts it into cells. Finds quotation marks that are not
 * closed and rows of too many cells, so that no cell or row is built that is larger than it may be.
 *
 * <p>A quotation mark inside a quoted cell that is not doubled spoils its row. When the cell goes over several lines by
 * then, the mark at its beginning is wrong, and it is not known how many rows the cell swallowed: then the file is
 * refused.
 */
final class CsvScan {
    private enum In {
        START,
        BARE,
        QUOTED,
        BEHIND_QUOTE,
    }

    private final Dialect dialect;
    private final FileLimits limits;
    private final BitSet strayQuotes = new BitSet();
    private In in = In.START;
    private int row = 1;
    private int column;
    private int cellStart;
    private boolean multiline;

    private CsvScan(Dialect dialect, FileLimits limits) {
        this.dialect = dialect;
        this.limits = limits;
    }

    /**
     * Scans a text.
     *
     * @return rows, from 1, with a quotation mark inside a quoted cell that is not doubled
     * @throws FileRefusedException when a quotation mark is not closed, or a row has too many cells
     */
    static BitSet of(String text, Dialect dialect, FileLimits limits) {
        var scan = new CsvScan(dialect, limits);
        for (int at = 0; at < text.length(); at++) {
            at = scan.step(text, at);
        }
        if (scan.in == In.QUOTED) {
            throw scan.unclosed("to the end of the file");
        }
        return scan.strayQuotes;
    }

    /**
     * {@return the last index of what was looked at, which is the next one for a doubled quotation mark and for CR LF}
     */
    private int step(String text, int at) {
        var c = text.charAt(at);
        if (in == In.QUOTED) {
            return quoted(text, at, c);
        }
        if (c == dialect.delimiter()) {
            nextCell();
        } else if (c == '\n' || c == '\r') {
            in = In.START;
            column = 0;
            row++;
            return c == '\r' && isAt(text, at + 1, '\n') ? at + 1 : at;
        } else if (in == In.START && c == dialect.quote()) {
            in = In.QUOTED;
            cellStart = at;
            multiline = false;
        } else if (in == In.START && !Character.isWhitespace(c)) {
            in = In.BARE;
        } else if (in == In.BEHIND_QUOTE && !Character.isWhitespace(c)) {
            if (multiline) {
                throw unclosed("where the cell should end");
            }
            strayQuotes.set(row);
        }
        return at;
    }

    private int quoted(String text, int at, char c) {
        if (c == dialect.quote()) {
            if (isAt(text, at + 1, dialect.quote())) {
                return at + 1;
            }
            in = In.BEHIND_QUOTE;
        } else if (c == '\n' || c == '\r') {
            multiline = true;
        }
        if (multiline && at - cellStart > FileLimits.ROW_LENGTH) {
            throw unclosed("within %,d characters".formatted(FileLimits.ROW_LENGTH));
        }
        return at;
    }

    private void nextCell() {
        in = In.START;
        column++;
        if (column >= limits.columns()) {
            throw limits.tooManyColumns(row);
        }
    }

    private FileRefusedException unclosed(String where) {
        return new FileRefusedException(
                UNCLOSED_QUOTE,
                "Row %,d opens a quotation mark (%s) that is not closed %s; close it, or double it when it belongs to the text."
                        .formatted(row, dialect.quote(), where));
    }

    private static boolean isAt(String text, int at, char c) {
        return at < text.length() && text.charAt(at) == c;
    }
}
