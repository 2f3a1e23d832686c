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
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * Reads a file to its end before any row is published. Finds out whether the file can be read, what its columns are,
 * and how many rows it has.
 */
final class FirstPass {
    private final ImportKind kind;
    private final Map<String, String> mapping;
    private final int maxRows;
    private final CellsBeyondHeader beyondHeader;
    private final List<String> header;
    private final LeadingZeros zeros;
    private final BitSet filled = new BitSet();
    private int rows;
    private int shortRows;
    private int padded;

    private FirstPass(ImportKind kind, Map<String, String> mapping, int maxRows, Row header) {
        this.kind = kind;
        this.mapping = mapping;
        this.maxRows = maxRows;
        this.beyondHeader = new CellsBeyondHeader(header.cells());
        this.header = beyondHeader.header();
        this.zeros = new LeadingZeros(recognize(_ -> true));
    }

    /**
     * Reads a file to its end.
     *
     * @param mapping columns assigned by hand, header to field
     * @throws FileRefusedException when the file as a whole cannot be imported
     */
    static Findings over(Sheet sheet, ImportKind kind, Map<String, String> mapping, int maxRows) {
        try (var rows = sheet.rows()) {
            var header = rows.next();
            if (header == null) {
                throw new FileRefusedException(EMPTY_FILE, "The file has no rows.");
            }
            var pass = new FirstPass(kind, mapping, maxRows, header);
            for (var row = rows.next(); row != null; row = rows.next()) {
                pass.count(row);
            }
            return pass.findings(sheet.notes());
        }
    }

    /**
     * What the first pass found.
     *
     * @param beyondHeader cells in columns that the header does not name
     * @param rows number of rows below the header, without blank ones
     * @param notes what the sender of the file should know, one sentence each
     */
    record Findings(RecognizedColumns columns, CellsBeyondHeader beyondHeader, int rows, List<String> notes) {
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
        shortRows += row.cells().size() < header.size() ? 1 : 0;
        padded += zeros.missing(row);
        beyondHeader.count(row);
        for (int i = 0; i < Math.min(row.cells().size(), header.size()); i++) {
            if (header.get(i).isBlank()
                    && !beyondHeader.isNamed(i)
                    && !row.cells().get(i).isBlank()) {
                filled.set(i);
            }
        }
    }

    private RecognizedColumns recognize(IntPredicate hasValues) {
        try {
            return RecognizedColumns.recognize(kind, header, mapping, hasValues);
        } catch (UnusableHeaderException e) {
            throw new FileRefusedException(HEADER_UNUSABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private Findings findings(List<String> notesOfSheet) {
        if (rows == 0) {
            throw new FileRefusedException(EMPTY_FILE, "The file has a header and no rows below it.");
        }
        var columns = recognize(filled::get);
        var notes = new ArrayList<>(notesOfSheet);
        notes.addAll(columns.notes());
        if (shortRows > 0) {
            notes.add("%,d %s fewer cells than the header; missing cells were taken as blank."
                    .formatted(shortRows, shortRows == 1 ? "row has" : "rows have"));
        }
        if (padded > 0) {
            notes.add("%,d %s kept as numbers without their leading zeros, which were put back."
                    .formatted(padded, padded == 1 ? "cell was" : "cells were"));
        }
        return new Findings(columns, beyondHeader, rows, notes);
    }
}
