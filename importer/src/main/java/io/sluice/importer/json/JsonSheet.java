package io.sluice.importer.json;

import io.sluice.importer.sheet.FileLimits;
import io.sluice.importer.sheet.FileRefusedException;
import io.sluice.importer.sheet.RowCursor;
import io.sluice.importer.sheet.Sheet;
import io.sluice.schemas.imports.ImportFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows as JSON objects with values by field. The names of all objects, in the order in which they first appear, are the
 * header. A name that an object lacks leaves its field unchanged. In an array the first object is row 1; in a file of
 * one object a line, the row number is the line number.
 */
public final class JsonSheet implements Sheet {
    private final byte[] file;
    private final boolean lines;
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private boolean hasRows;

    private JsonSheet(byte[] file, boolean lines) {
        this.file = file;
        this.lines = lines;
    }

    /**
     * Opens an array of objects.
     *
     * @throws FileRefusedException when the file is not one JSON array, or its objects have too many names
     */
    public static JsonSheet ofArray(byte[] file, FileLimits limits) {
        return new JsonSheet(file, false).lookedThrough(limits);
    }

    /**
     * Opens a file with an object on each line.
     *
     * @throws FileRefusedException when its objects have too many names
     */
    public static JsonSheet ofLines(byte[] file, FileLimits limits) {
        return new JsonSheet(file, true).lookedThrough(limits);
    }

    private JsonSheet lookedThrough(FileLimits limits) {
        try (var rows = cursor()) {
            for (var item = rows.item(); item != null; item = rows.item()) {
                hasRows = true;
                for (var name : item.values().keySet()) {
                    if (columns.putIfAbsent(name, columns.size()) == null && columns.size() > limits.columns()) {
                        throw limits.tooManyColumns(item.number());
                    }
                }
            }
        }
        return this;
    }

    @Override
    public RowCursor rows() {
        return cursor();
    }

    private JsonRows cursor() {
        try {
            return new JsonRows(lines ? new LineItems(file) : new ArrayItems(file), columns, hasRows);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot be read", e);
        }
    }

    @Override
    public List<String> notes() {
        return List.of();
    }

    @Override
    public boolean hasNamedCells() {
        return true;
    }

    @Override
    public Map<String, String> facts() {
        return Map.of(ImportFacts.FORMAT, "json");
    }
}
