package io.sluice.importer.csv;

import io.sluice.importer.sheet.FileLimits;
import io.sluice.importer.sheet.RowCursor;
import io.sluice.importer.sheet.Sheet;
import io.sluice.schemas.imports.ImportFacts;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A table as text. A record is a row, however many lines it takes. */
public final class CsvSheet implements Sheet {
    /**
     * A first line that tells Excel the delimiter. Excel does not show it. Programs that wrote the file anew have put it
     * in quotation marks, or added delimiters.
     */
    private static final Pattern TOLD =
            Pattern.compile("([\"']?)sep=(\\\\t|.)\\1[,;\t| ]*(?:\r\n|\r|\n|$)", Pattern.CASE_INSENSITIVE);

    private final String encoding;
    private final String text;
    private final Dialect dialect;
    private final BitSet strayQuotes;
    private final List<String> notes;

    private CsvSheet(String encoding, String text, Dialect dialect, FileLimits limits, List<String> notes) {
        this.encoding = encoding;
        this.text = text;
        this.dialect = dialect;
        this.strayQuotes = CsvScan.of(text, dialect, limits);
        this.notes = List.copyOf(notes);
    }

    /**
     * Opens a table.
     *
     * @param encoding name of its encoding; null when it is to be found out
     * @throws io.sluice.importer.sheet.FileRefusedException when it is no text, its encoding is not clear, or its
     *     quotation marks do not match
     */
    public static CsvSheet open(byte[] file, @Nullable String encoding, FileLimits limits) {
        var decoded = DecodedText.of(file, encoding, limits);
        var text = decoded.text();
        var told = TOLD.matcher(text);
        if (told.lookingAt()) {
            var rest = text.substring(told.end());
            var delimiter = told.group(2).length() == 2 && told.group(2).startsWith("\\") ? "\t" : told.group(2);
            return new CsvSheet(decoded.encoding(), rest, Dialect.of(rest).told(delimiter), limits, decoded.notes());
        }
        return new CsvSheet(decoded.encoding(), text, Dialect.of(text), limits, decoded.notes());
    }

    @Override
    public Map<String, String> facts() {
        return Map.of(
                ImportFacts.FORMAT, "csv", ImportFacts.ENCODING, encoding, ImportFacts.DELIMITER, dialect.title());
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public RowCursor rows() {
        return new CsvRows(text, dialect, strayQuotes);
    }

    @Override
    public boolean tellsNumbers() {
        return false;
    }
}
