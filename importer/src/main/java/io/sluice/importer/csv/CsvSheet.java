package io.sluice.importer.csv;

import io.sluice.importer.sheet.Limits;
import io.sluice.importer.sheet.Row;
import io.sluice.importer.sheet.Row.Fault;
import io.sluice.importer.sheet.Sheet;
import io.sluice.imports.text.CellText;
import io.sluice.schemas.imports.ImportFacts;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** A table that is text. A record is a row, however many lines it takes. */
public final class CsvSheet implements Sheet {
    /** A first line by which Excel is told the delimiter, and which it does not show. */
    private static final Pattern TOLD = Pattern.compile("sep=(.)(?:\r\n|\r|\n|$)", Pattern.CASE_INSENSITIVE);

    private static final String STRAY_QUOTE =
            "A quotation mark inside a quoted cell is not doubled, so that nobody can tell where the cell ends";

    private final TextEncoding encoding;
    private final String text;
    private final Dialect dialect;
    private final BitSet strayQuotes;
    private final List<String> notes;

    private CsvSheet(TextEncoding encoding, String text, Dialect dialect, Limits limits, List<String> notes) {
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
    public static CsvSheet open(byte[] file, Limits limits) {
        var notes = new ArrayList<String>();
        var encoding = TextEncoding.of(file);
        var text = encoding.decode(file);
        if (text.indexOf('\uFFFD') >= 0) {
            notes.add("Characters that could not be read stand as \uFFFD.");
        }
        var repaired = DoubleEncoding.repair(text);
        if (repaired.places() > 0) {
            text = repaired.text();
            notes.add("Accents that had been encoded twice (such as Ã© for é) were put right in %,d places."
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
    public List<String> read(Rows rows) throws InterruptedException {
        try (var parser = CSVParser.parse(new StringReader(text), dialect.format())) {
            for (var values : parser) {
                var row = row(values);
                if (row != null && !rows.accept(row)) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be read", e);
        }
        return notes;
    }

    private @Nullable Row row(CSVRecord values) {
        var cells = new ArrayList<String>(values.size());
        var blank = true;
        for (int i = 0; i < values.size(); i++) {
            var cell = CellText.unguard(values.get(i));
            blank = blank && cell.isBlank();
            cells.add(cell);
        }
        if (blank) {
            return null;
        }
        var number = Math.toIntExact(values.getRecordNumber());
        return new Row(number, cells, strayQuotes.get(number) ? List.of(new Fault(null, STRAY_QUOTE)) : List.of());
    }
}
