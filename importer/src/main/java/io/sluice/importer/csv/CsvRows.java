package io.sluice.importer.csv;

import io.sluice.importer.sheet.Row;
import io.sluice.importer.sheet.Row.Fault;
import io.sluice.importer.sheet.RowCursor;
import io.sluice.imports.text.CellText;
import io.sluice.imports.text.Folding;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** The rows of a text. A record of the parser is a row. */
final class CsvRows implements RowCursor {
    private static final String STRAY_QUOTE =
            "A quotation mark inside a quoted cell is not doubled, so it is not clear where the cell ends";

    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final BitSet strayQuotes;

    /**
     * Begins before the first row.
     *
     * @param strayQuotes rows, from 1, with a quotation mark inside a quoted cell that is not doubled
     */
    CsvRows(String text, Dialect dialect, BitSet strayQuotes) {
        try {
            this.parser = CSVParser.parse(new StringReader(text), dialect.format());
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be read", e);
        }
        this.records = parser.iterator();
        this.strayQuotes = strayQuotes;
    }

    @Override
    public @Nullable Row next() {
        while (records.hasNext()) {
            var row = row(records.next());
            if (row != null) {
                return row;
            }
        }
        return null;
    }

    private @Nullable Row row(CSVRecord values) {
        var cells = new ArrayList<String>(values.size());
        var blank = true;
        for (int i = 0; i < values.size(); i++) {
            var cell = CellText.unguard(values.get(i));
            blank = blank && Folding.isBlank(cell);
            cells.add(cell);
        }
        if (blank) {
            return null;
        }
        var number = Math.toIntExact(values.getRecordNumber());
        return new Row(number, cells, strayQuotes.get(number) ? List.of(new Fault(null, STRAY_QUOTE)) : List.of());
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be closed", e);
        }
    }
}
