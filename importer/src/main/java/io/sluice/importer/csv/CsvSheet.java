package io.sluice.importer.csv;

import io.sluice.importer.sheet.FileLimits;
import io.sluice.importer.sheet.RowCursor;
import io.sluice.importer.sheet.Sheet;
import io.sluice.schemas.imports.ImportFacts;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A table as text. A record is a row, however many lines it takes. */
public final class CsvSheet implements Sheet {
    /** A first line that tells Excel the delimiter. Excel does not show it. */
    private static final Pattern TOLD = Pattern.compile("sep=(.)(?:\r\n|\r|\n|$)", Pattern.CASE_INSENSITIVE);

    private final TextEncoding encoding;
    private final String text;
    private final Dialect dialect;
    private final BitSet strayQuotes;
    private final List<String> notes;

    private CsvSheet(TextEncoding encoding, String text, Dialect dialect, FileLimits limits, List<String> notes) {
        this.encoding = encoding;
        this.text = text;
        this.dialect = dialect;
        this.strayQuotes = CsvScan.of(text, dialect, limits);
        this.notes = List.copyOf(notes);
    }

    /**
     * Opens a table.
     *
     * @throws io.sluice.importer.sheet.FileRefusedException when it is no text, or its quotation marks do not match
     */
    public static CsvSheet open(byte[] file, FileLimits limits) {
        var notes = new ArrayList<String>();
        var encoding = TextEncoding.of(file);
        var text = encoding.decode(file);
        if (text.indexOf('\uFFFD') >= 0) {
            notes.add("Characters that could not be read were replaced by \uFFFD.");
        }
        var repaired = DoubleEncoding.repair(text);
        if (repaired.places() > 0) {
            text = repaired.text();
            notes.add("Accents that had been encoded twice (such as Ã© for é) were corrected in %,d places."
                    .formatted(repaired.places()));
        }
        var told = TOLD.matcher(text);
        if (told.lookingAt()) {
            var rest = text.substring(told.end());
            return new CsvSheet(encoding, rest, Dialect.of(rest).told(told.group(1)), limits, notes);
        }
        return new CsvSheet(encoding, text, Dialect.of(text), limits, notes);
    }

    @Override
    public Map<String, String> facts() {
        return Map.of(
                ImportFacts.FORMAT, "csv",
                ImportFacts.ENCODING, encoding.title(),
                ImportFacts.DELIMITER, dialect.title());
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public RowCursor rows() {
        return new CsvRows(text, dialect, strayQuotes);
    }
}
