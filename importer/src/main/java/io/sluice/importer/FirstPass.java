package io.sluice.importer;

import static io.sluice.importer.sheet.ImporterFailure.EMPTY_FILE;
import static io.sluice.importer.sheet.ImporterFailure.HEADER_UNUSABLE;
import static io.sluice.importer.sheet.ImporterFailure.TOO_MANY_ROWS;

import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.importer.sheet.Row;
import io.sluice.importer.sheet.Sheet;
import io.sluice.imports.columns.Columns;
import io.sluice.imports.columns.Columns.UnusableHeaderException;
import io.sluice.imports.kind.ImportKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file for the first time: whether it can be read to its end, what its columns are, and how many rows there are.
 * Nothing is passed on before that is known.
 */
final class FirstPass implements Sheet.Rows {
    private final ImportKind kind;
    private final Map<String, String> mapping;
    private final int maxRows;
    private final BitSet filled = new BitSet();
    private @Nullable Surplus surplus;
    private @Nullable List<String> header;
    private @Nullable LeadingZeros zeros;
    private int rows;
    private int shortRows;
    private int padded;

    private FirstPass(ImportKind kind, Map<String, String> mapping, int maxRows) {
        this.kind = kind;
        this.mapping = mapping;
        this.maxRows = maxRows;
    }

    /**
     * Reads a file.
     *
     * @param mapping columns assigned by hand, header to field
     * @throws FileRefusedException when the file as a whole is wrong
     */
    static Look of(Sheet sheet, ImportKind kind, Map<String, String> mapping, int maxRows) throws InterruptedException {
        var pass = new FirstPass(kind, mapping, maxRows);
        var notes = new ArrayList<>(sheet.read(pass));
        return pass.look(notes);
    }

    /**
     * What the first look at a file came to.
     *
     * @param surplus what the header has no column for
     * @param rows how many there are below the header, blank ones not counted
     * @param notes what whoever sent the file should know, a sentence each
     */
    record Look(Columns columns, Surplus surplus, int rows, List<String> notes) {
        Look {
            notes = List.copyOf(notes);
        }

        /** {@return what rejected rows are shown under} */
        List<String> header() {
            return Stream.concat(columns.header().stream(), surplus.names().stream())
                    .toList();
        }
    }

    @Override
    public boolean accept(Row row) {
        if (surplus == null || header == null || zeros == null) {
            surplus = new Surplus(row.cells());
            header = surplus.header();
            zeros = new LeadingZeros(recognize(header, _ -> true));
            return true;
        }
        rows++;
        if (rows > maxRows) {
            throw new FileRefusedException(
                    TOO_MANY_ROWS,
                    "The file has more than %,d rows below its header; split it into several.".formatted(maxRows));
        }
        shortRows += row.cells().size() < header.size() ? 1 : 0;
        padded += zeros.missing(row);
        surplus.count(row);
        for (int i = 0; i < Math.min(row.cells().size(), header.size()); i++) {
            if (header.get(i).isBlank()
                    && !surplus.isNamed(i)
                    && !row.cells().get(i).isBlank()) {
                filled.set(i);
            }
        }
        return true;
    }

    private Columns recognize(List<String> header, IntPredicate hasValues) {
        try {
            return Columns.recognize(kind, header, mapping, hasValues);
        } catch (UnusableHeaderException e) {
            throw new FileRefusedException(HEADER_UNUSABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private Look look(List<String> notes) {
        if (surplus == null || header == null) {
            throw new FileRefusedException(EMPTY_FILE, "The file has no rows.");
        }
        if (rows == 0) {
            throw new FileRefusedException(EMPTY_FILE, "The file has a header and no rows below it.");
        }
        var columns = recognize(header, filled::get);
        notes.addAll(columns.notes());
        if (shortRows > 0) {
            notes.add("%,d %s fewer cells than the header; what is missing there was taken as blank."
                    .formatted(shortRows, shortRows == 1 ? "row has" : "rows have"));
        }
        if (padded > 0) {
            notes.add("%,d %s kept as numbers without their leading zeros, which were put back."
                    .formatted(padded, padded == 1 ? "cell was" : "cells were"));
        }
        return new Look(columns, surplus, rows, notes);
    }
}
