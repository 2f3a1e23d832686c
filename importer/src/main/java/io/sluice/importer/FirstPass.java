package io.sluice.importer;

import static io.sluice.importer.sheet.ImporterFailure.EMPTY_FILE;
import static io.sluice.importer.sheet.ImporterFailure.HEADER_UNUSABLE;
import static io.sluice.importer.sheet.ImporterFailure.TOO_MANY_ROWS;

import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.importer.sheet.Row;
import io.sluice.importer.sheet.Sheet;
import io.sluice.imports.columns.RecognizedColumns;
import io.sluice.imports.columns.RecognizedColumns.UnusableHeaderException;
import io.sluice.imports.kind.ImportKind;
import io.sluice.imports.text.Excerpt;
import io.sluice.imports.text.Folding;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads a file to its end before any row is published. Finds out whether the file can be read, what its columns are,
 * and how many rows it has.
 */
final class FirstPass {
    private final ImportKind kind;
    private final Map<String, String> mapping;
    private final int maxRows;
    private final Header top;
    private final CellsBeyondHeader beyondHeader;
    private final List<String> header;
    private final Set<String> names;
    private final CellCorrections corrections;
    private final MarkedCells marked;
    /** Columns without a name, which are left out when they have no value. */
    private final int[] nameless;

    private final BitSet filled = new BitSet();
    private int rows;
    private int shortRows;

    private FirstPass(ImportKind kind, Map<String, String> mapping, int maxRows, Header top, boolean tellsNumbers) {
        this.kind = kind;
        this.mapping = mapping;
        this.maxRows = maxRows;
        this.top = top;
        this.beyondHeader = new CellsBeyondHeader(top.cells());
        this.header = beyondHeader.header();
        this.names = Set.copyOf(header);
        this.nameless = IntStream.range(0, header.size())
                .filter(column -> Folding.isBlank(header.get(column)) && !beyondHeader.isNamed(column))
                .toArray();
        var columns = recognize(_ -> true);
        this.corrections = CellCorrections.of(columns, kind.key(), tellsNumbers);
        this.marked = new MarkedCells(columns);
    }

    /**
     * Reads a file to its end.
     *
     * @param mapping columns assigned by hand, header to field
     * @throws FileRefusedException when the file as a whole cannot be imported
     */
    static Findings over(Sheet sheet, ImportKind kind, Map<String, String> mapping, int maxRows) {
        var top = Header.of(sheet, kind, mapping);
        var pass = new FirstPass(kind, mapping, maxRows, top, sheet.tellsNumbers());
        try (var rows = top.below(sheet)) {
            for (var row = rows.next(); row != null; row = rows.next()) {
                pass.count(row);
            }
        }
        return pass.findings(sheet);
    }

    /**
     * What the first pass found.
     *
     * @param top where the header is
     * @param beyondHeader cells in columns that the header does not name
     * @param corrections of cells, which have counted all rows
     * @param rows number of rows below the header, without blank ones
     * @param notes what the sender of the file should know, one sentence each
     */
    record Findings(
            Header top,
            RecognizedColumns columns,
            CellsBeyondHeader beyondHeader,
            CellCorrections corrections,
            int rows,
            List<String> notes) {
        Findings {
            notes = List.copyOf(notes);
        }

        /** {@return the headers under which rejected rows are shown} */
        List<String> header() {
            return Stream.concat(columns.header().stream(), beyondHeader.names().stream())
                    .toList();
        }
    }

    private void count(Row row) {
        rows++;
        if (rows > maxRows) {
            throw new FileRefusedException(
                    TOO_MANY_ROWS,
                    "The file has more than %,d rows below its header; split it into several.".formatted(maxRows));
        }
        if (isOtherHeader(row.cells())) {
            throw new FileRefusedException(
                    HEADER_UNUSABLE,
                    "Row %,d is a second header, with the columns in another order: %s. Import what is below it as a file of its own."
                            .formatted(row.number(), Excerpt.of(String.join(", ", row.cells()))));
        }
        shortRows += row.cells().size() < header.size() ? 1 : 0;
        corrections.count(row);
        marked.count(row);
        beyondHeader.count(row);
        for (var column : nameless) {
            if (column < row.cells().size() && !Folding.isBlank(row.cells().get(column))) {
                filled.set(column);
            }
        }
    }

    /** Two files in one, such as two exports that were joined, are no table when their columns differ. */
    private boolean isOtherHeader(List<String> cells) {
        return cells.size() == header.size()
                && names.contains(cells.getFirst())
                && !cells.equals(header)
                && Set.copyOf(cells).equals(names);
    }

    private RecognizedColumns recognize(IntPredicate hasValues) {
        try {
            return RecognizedColumns.recognize(kind, header, mapping, hasValues);
        } catch (UnusableHeaderException e) {
            throw new FileRefusedException(HEADER_UNUSABLE, message(e), e);
        }
    }

    private String message(UnusableHeaderException unusable) {
        var message = String.valueOf(unusable.getMessage());
        return top.isFirst() ? message : message.replace("The first row has", "Row %,d has".formatted(top.rowNumber()));
    }

    private Findings findings(Sheet sheet) {
        if (rows == 0) {
            throw new FileRefusedException(EMPTY_FILE, "The file has a header and no rows below it.");
        }
        var columns = recognize(filled::get);
        var notes = new ArrayList<>(sheet.notes());
        notes.addAll(top.notes());
        notes.addAll(columns.notes());
        if (shortRows > 0 && !sheet.leavesOutBlankCells()) {
            notes.add("%,d %s fewer cells than the header; missing cells were taken as blank."
                    .formatted(shortRows, shortRows == 1 ? "row has" : "rows have"));
        }
        notes.addAll(corrections.notes());
        notes.addAll(marked.notes());
        return new Findings(top, columns, beyondHeader, corrections, rows, notes);
    }
}
